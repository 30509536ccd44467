import { z } from "zod";
import type { Core } from "#lib/platform/core.ts";
import { accountKey, countPasswordTry, windowStart } from "./count-tries.ts";
import { email, password } from "./credentials.ts";
import { verifyPassword } from "./password.ts";
import type { Role } from "./permissions.ts";
import { SESSION_LONGEST_SECONDS } from "./sign-in-limits.ts";

const schema = z.object({ email, password });

export type SignInResult =
  | {
      kind: "signed_in";
      sessionId: string;
      user: { id: string; name: string; email: string; role: Role };
    }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Checks e-mail and password and opens a session. An unknown user, a wrong password and a disabled
 * user get the same answer in the same time. Every try counts before it is checked, so that
 * parallel tries can't slip past the limit; a success clears its account's count. An input that is no
 * e-mail and password is refused unchecked and uncounted.
 */
export async function signIn(
  core: Core,
  input: unknown,
  from: { address: string | null; userAgent: string | null },
): Promise<SignInResult> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { kind: "refused" };
  const tried = parsed.data;
  const retryAfterSeconds = await countPasswordTry(core, tried.email, from.address);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };

  const user = await core.db.user.findUnique({ where: { email: tried.email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, tried.password);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const sessionId = core.newId();
  const now = core.now();
  await core.db.$transaction([
    // Ended windows go along, so that the table stays as small as the last quarter of an hour.
    core.db.signInBucket.deleteMany({
      where: { OR: [{ key: accountKey(tried.email) }, { startedAt: { lte: windowStart(now) } }] },
    }),
    core.db.session.create({
      data: {
        id: sessionId,
        userId: user.id,
        version: user.sessionVersion,
        address: from.address,
        userAgent: from.userAgent?.slice(0, 300) ?? null,
        createdAt: now,
        lastUsedAt: now,
        provedAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LONGEST_SECONDS * 1_000),
      },
    }),
  ]);
  const { id, name, role } = user;
  return { kind: "signed_in", sessionId, user: { id, name, email: user.email, role } };
}
