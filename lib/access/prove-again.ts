import type { Core } from "#lib/platform/core.ts";
import type { Actor } from "./actor.ts";
import { accountKey, countPasswordTry } from "./count-tries.ts";
import { password } from "./credentials.ts";
import { verifyPassword } from "./password.ts";

export type ProofResult =
  | { kind: "proved" }
  /** Wrong password; or the session, the user or his password is not what it was any more. */
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * A person at an open session gives his password once more; the session remembers when. Tries count
 * together with those at sign-in and before they are checked, so that a screen left open is no way round
 * their limits.
 */
export async function proveAgain(
  core: Core,
  actor: Actor,
  input: unknown,
  from: { address: string | null },
): Promise<ProofResult> {
  const parsed = password.safeParse(input);
  if (actor.kind !== "user" || !parsed.success) return { kind: "refused" };
  const retryAfterSeconds = await countPasswordTry(core, actor.email, from.address);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };

  const user = await core.db.user.findUnique({ where: { id: actor.id } });
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
  await core.db.signInBucket.deleteMany({ where: { key: accountKey(actor.email) } });
  return { kind: "proved" };
}
