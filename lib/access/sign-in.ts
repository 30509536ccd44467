import { z } from "zod";
import type { Core } from "#lib/platform/core.ts";
import { accountKey, countPasswordTry, windowStart } from "./count-tries.ts";
import { email, password } from "./credentials.ts";
import { openSession, type SignInFacts } from "./open-session.ts";
import { verifyPassword } from "./password.ts";
import { type Role, readGrants } from "./permissions.ts";
import {
  needsSecondFactor,
  type SecondFactorPolicy,
} from "./second-factor/second-factor-policy.ts";

const schema = z.object({ email, password });

export type SignInResult =
  | {
      kind: "signed_in";
      sessionId: string;
      /** A second factor is to be shown, or set up, before the session is good for anything. */
      isHalf: boolean;
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
  from: SignInFacts,
  policy: SecondFactorPolicy,
): Promise<SignInResult> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { kind: "refused" };
  const tried = parsed.data;
  const retryAfterSeconds = await countPasswordTry(core, tried.email, from.address);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };

  const user = await core.db.user.findUnique({ where: { email: tried.email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, tried.password);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const { id, name, role } = user;
  const isHalf =
    user.totpConfirmedAt !== null ||
    needsSecondFactor(policy, { role, grants: readGrants(user.grants) });
  const now = core.now();
  const sessionId = await core.db.$transaction(async (tx) => {
    // Ended windows go along, so that the table stays as small as the last quarter of an hour.
    await tx.signInBucket.deleteMany({
      where: { OR: [{ key: accountKey(tried.email) }, { startedAt: { lte: windowStart(now) } }] },
    });
    return openSession(
      tx,
      core,
      user,
      { method: "password", complete: !isHalf, provedAt: now },
      from,
    );
  });
  return { kind: "signed_in", sessionId, isHalf, user: { id, name, email: user.email, role } };
}
