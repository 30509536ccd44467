import { z } from "zod";
import type { Core } from "#lib/platform/core.ts";
import { addressPrefix } from "./address-prefix.ts";
import { email, password } from "./credentials.ts";
import { verifyPassword } from "./password.ts";
import type { Role } from "./permissions.ts";
import {
  SESSION_LONGEST_SECONDS,
  SIGN_IN_WINDOW_SECONDS,
  SIGN_INS_OVERALL,
  SIGN_INS_PER_ACCOUNT,
  SIGN_INS_PER_ADDRESS,
} from "./sign-in-limits.ts";

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
  const accountKey = `account:${tried.email}`;
  // In this order, so that one address can use up neither everybody's tries nor an unlimited
  // number of rows for accounts that don't exist.
  const limits: [key: string, limit: number][] = [
    [`address:${addressPrefix(from.address)}`, SIGN_INS_PER_ADDRESS],
    ["everyone", SIGN_INS_OVERALL],
    [accountKey, SIGN_INS_PER_ACCOUNT],
  ];
  for (const [key, limit] of limits) {
    const { count, secondsLeft } = await countTry(core, key);
    if (count > limit) return { kind: "too_many", retryAfterSeconds: secondsLeft };
  }

  const user = await core.db.user.findUnique({ where: { email: tried.email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, tried.password);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const sessionId = core.newId();
  const now = core.now();
  await core.db.$transaction([
    // Ended windows go along, so that the table stays as small as the last quarter of an hour.
    core.db.signInBucket.deleteMany({
      where: { OR: [{ key: accountKey }, { startedAt: { lte: windowStart(now) } }] },
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
        expiresAt: new Date(now.getTime() + SESSION_LONGEST_SECONDS * 1_000),
      },
    }),
  ]);
  const { id, name, role } = user;
  return { kind: "signed_in", sessionId, user: { id, name, email: user.email, role } };
}

const windowStart = (now: Date) => new Date(now.getTime() - SIGN_IN_WINDOW_SECONDS * 1_000);

type Tries = { count: number; secondsLeft: number };

/** One statement: counts up inside a running window, or starts a new one. */
async function countTry(core: Core, key: string): Promise<Tries> {
  const now = core.now();
  const ended = windowStart(now);
  const rows = await core.db.$queryRaw<{ count: number; started_at: Date }[]>`
    insert into sign_in_buckets as bucket (key, count, started_at) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when bucket.started_at <= ${ended} then 1 else bucket.count + 1 end,
      started_at = case when bucket.started_at <= ${ended} then ${now} else bucket.started_at end
    returning count, started_at`;
  const row = rows[0] ?? { count: Number.POSITIVE_INFINITY, started_at: now };
  const endsAt = row.started_at.getTime() + SIGN_IN_WINDOW_SECONDS * 1_000;
  return { count: row.count, secondsLeft: Math.ceil((endsAt - now.getTime()) / 1_000) };
}
