import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { email } from "./credentials.ts";
import { AT_START, lockFirstOwner } from "./lock-first-owner.ts";
import { hashPassword } from "./password.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password-limits.ts";
import { type PasswordProblem, passwordProblem } from "./passwords/password-policy.ts";
import { GRANTS } from "./permissions.ts";

const LENGTH = `has to have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`;
const PROBLEMS: Record<PasswordProblem, string> = {
  short: LENGTH,
  long: LENGTH,
  common: "is one of those that are guessed first.",
  personal: "is hardly more than ADMIN_EMAIL, or Keyhold's name.",
};

/**
 * Makes the first owner when there is no user at all. Later starts change nothing, so a password
 * left in the environment is no way back in. Throws a sentence when nobody could or should sign in that way.
 */
export async function ensureFirstAdmin(
  core: Core,
  admin: { email: string | undefined; password: string | undefined },
): Promise<void> {
  if ((await core.db.user.count()) > 0) return;
  if (!admin.email || !admin.password) {
    core.log.warn("There is no user yet: set ADMIN_EMAIL and ADMIN_PASSWORD and start again.");
    return;
  }
  const address = email.safeParse(admin.email);
  if (!address.success) throw new Error("ADMIN_EMAIL is not an e-mail address.");
  const person = { email: address.data, name: address.data.split("@")[0] ?? address.data };
  const problem = await passwordProblem(admin.password, person);
  if (problem) throw new Error(`ADMIN_PASSWORD ${PROBLEMS[problem]}`);
  const passwordHash = await hashPassword(admin.password);
  const rights = { role: "owner" as const, grants: [...GRANTS] };
  await core.db.$transaction(async (tx) => {
    await lockFirstOwner(tx);
    if ((await tx.user.count()) > 0) return;
    const id = core.newId();
    await tx.user.create({ data: { id, ...person, ...rights, passwordHash } });
    await appendAuditEntry(tx, core, AT_START, {
      ...{ action: "user.made-first-owner", objectKind: "user", objectId: id },
      ...{ after: { ...person, ...rights }, ...OWN_REQUEST },
    });
  }, PATIENT);
}
