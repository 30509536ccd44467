import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { accountKey, countProofTry, proofKey } from "../count-tries.ts";
import { password as given } from "../credentials.ts";
import { hashPassword, verifyPassword } from "../password.ts";
import { type PasswordProblem, passwordProblem } from "../passwords/password-policy.ts";
import type { Person } from "../session.ts";
import { endUserLinks } from "./user-link.ts";

export type PasswordChange =
  | { kind: "changed" }
  /** The password of before is wrong, or it isn't his any more; or his session has ended meanwhile. */
  | { kind: "refused" }
  | { kind: "weak"; problem: PasswordProblem }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Whoever knows his password sets another; all his other sessions end, and links that would set one. A try at the
 * old one counts together with those of `proveAgain`. Somebody without a password has none to change: he is refused.
 */
export async function changeOwnPassword(
  core: Core,
  person: Person,
  input: { current: unknown; next: unknown },
  request: RequestFacts,
): Promise<PasswordChange> {
  const [current, next] = [given.safeParse(input.current), String(input.next ?? "")];
  if (!current.success) return { kind: "refused" };
  const problem = await passwordProblem(next, person);
  if (problem) return { kind: "weak", problem };
  const retryAfterSeconds = await countProofTry(core, person.id);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };
  const user = await core.db.user.findUnique({ where: { id: person.id } });
  const matches = await verifyPassword(user?.passwordHash ?? null, current.data);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const passwordHash = await hashPassword(next);
  return core.db.$transaction(async (tx): Promise<PasswordChange> => {
    const now = core.now();
    const own = { id: person.sessionId, version: user.sessionVersion, revokedAt: null };
    const { count } = await tx.user.updateMany({
      // Of the version that the session is of: what ended it meanwhile isn't undone by this.
      where: {
        ...{ id: user.id, passwordHash: user.passwordHash, disabledAt: null },
        sessionVersion: user.sessionVersion,
        sessions: { some: { ...own, expiresAt: { gt: now } } },
      },
      data: { passwordHash, passwordSetAt: now },
    });
    if (count === 0) return { kind: "refused" };
    const { sessionVersion } = await tx.user.findUniqueOrThrow({ where: { id: user.id } });
    // His own goes on; those of before are of a version that is refused.
    await tx.session.updateMany({
      where: own,
      data: { version: sessionVersion, provedAt: now },
    });
    await endUserLinks(tx, user.id, now);
    const tried = [accountKey(user.email), proofKey(user.id)];
    await tx.signInBucket.deleteMany({ where: { key: { in: tried } } });
    await appendAuditEntry(tx, core, person, {
      action: "user.password-changed",
      objectKind: "user",
      objectId: user.id,
      ...request,
    });
    return { kind: "changed" };
  });
}
