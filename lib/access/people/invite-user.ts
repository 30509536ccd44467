import { z } from "zod";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type Actor, requirePermission } from "../actor.ts";
import type { LinkCore } from "../context.ts";
import { email } from "../credentials.ts";
import { GRANTS, ROLES } from "../permissions.ts";
import { requireRecentProof } from "../proof.ts";
import { mayGive, requireMayGrant } from "./people-policy.ts";
import { personFacts } from "./person-facts.ts";
import { spendLimits } from "./spend-limit-input.ts";
import { makeUserLink, type UserLink } from "./user-link.ts";

export const personName = z.string().trim().min(1).max(100);

const invitation = z.strictObject({
  email,
  name: personName,
  role: z.enum(ROLES),
  grants: z.array(z.enum(GRANTS)).max(GRANTS.length),
  spendLimits,
});

export type Invitation = z.input<typeof invitation>;
export type InviteResult =
  | { kind: "invited"; userId: string; link: UserLink }
  /** Somebody has this address, disabled people included. */
  | { kind: "taken" }
  /** Names of fields. */
  | { kind: "invalid"; fields: string[] };

/**
 * Adds a person, who sets a password by the link. Throws `forbidden` (also where role or grants are
 * above what the actor may give) or `proof_needed`.
 * @param input as it came through the door
 */
export async function inviteUser(
  core: LinkCore,
  actor: Actor,
  input: unknown,
  request: RequestFacts,
): Promise<InviteResult> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  const parsed = invitation.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => String(path[0] ?? ""));
    return { kind: "invalid", fields: [...new Set(fields)] };
  }
  const { spendLimits: limits, grants: wished, ...person } = parsed.data;
  // In the order of the list, as `changePerson` keeps them: another order would end sessions as other grants do.
  const grants = GRANTS.filter((grant) => wished.includes(grant));
  if (!mayGive(actor, person.role)) {
    throw new KeyholdError("forbidden", `${actor.name} may not make somebody ${person.role}`);
  }
  requireMayGrant(actor, grants);
  const id = core.newId();
  const now = core.now();
  return core.db.$transaction(async (tx): Promise<InviteResult> => {
    // The unique address lets one of two invitations win, without ending the transaction of the other.
    const { count } = await tx.user.createMany({
      data: [{ id, ...person, grants, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) return { kind: "taken" };
    await tx.spendLimit.createMany({ data: limits.map((limit) => ({ userId: id, ...limit })) });
    const link = await makeUserLink(tx, core, { id, passwordHash: null }, actor.name);
    await appendAuditEntry(tx, core, actor, {
      action: "user.invited",
      objectKind: "user",
      objectId: id,
      after: { email: person.email, ...personFacts({ ...person, grants, spendLimits: limits }) },
      ...request,
    });
    return { kind: "invited", userId: id, link };
  });
}
