import type { Core } from "#lib/platform/core.ts";
import type { Actor } from "./actor.ts";
import { countProofTry, proofKey } from "./count-tries.ts";
import { password } from "./credentials.ts";
import { verifyPassword } from "./password.ts";

export type ProofResult =
  | { kind: "proved" }
  /** Wrong password; or the session, the user or his password is not what it was any more. */
  | { kind: "refused" }
  /** He has no password here: he signs in anew, where he signs in. */
  | { kind: "elsewhere" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * A person at an open session gives his password once more; the session remembers when. Tries count before they
 * are checked, as at sign-in but apart from it: a screen left open is good for no more of them, and strangers who
 * try to sign in as him use up none.
 */
export async function proveAgain(core: Core, actor: Actor, input: unknown): Promise<ProofResult> {
  const parsed = password.safeParse(input);
  if (actor.kind !== "user" || !parsed.success) return { kind: "refused" };
  const retryAfterSeconds = await countProofTry(core, actor.id);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };

  const user = await core.db.user.findUnique({ where: { id: actor.id } });
  if (user && user.passwordHash === null) return { kind: "elsewhere" };
  const matches = await verifyPassword(user?.passwordHash ?? null, parsed.data);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const now = core.now();
  // Asked again, since checking takes a while: a session that ended meanwhile proves nothing.
  const { count } = await core.db.session.updateMany({
    where: {
      id: actor.sessionId,
      userId: user.id,
      version: user.sessionVersion,
      revokedAt: null,
      expiresAt: { gt: now },
    },
    data: { provedAt: now },
  });
  if (count === 0) return { kind: "refused" };
  await core.db.signInBucket.deleteMany({ where: { key: proofKey(actor.id) } });
  return { kind: "proved" };
}
