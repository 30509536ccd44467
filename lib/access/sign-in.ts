import { z } from "zod";
import type { Core } from "#lib/platform/core.ts";
import { verifyPassword } from "./password.ts";
import type { Role } from "./permissions.ts";
import {
  SESSION_LONGEST_SECONDS,
  SIGN_IN_WINDOW_SECONDS,
  SIGN_INS_OVERALL,
  SIGN_INS_PER_ACCOUNT,
  SIGN_INS_PER_ADDRESS,
} from "./sign-in-limits.ts";

const schema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(1_000),
});

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
 * parallel tries can't slip past the limit; a success clears its account's count.
 */
export async function signIn(
  core: Core,
  input: unknown,
  from: { address: string | null; userAgent: string | null },
): Promise<SignInResult> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { kind: "refused" };
  const { email, password } = parsed.data;
  const accountKey = `account:${email}`;
  const counts = await Promise.all([
    countTry(core, accountKey),
    countTry(core, `address:${from.address ?? "unknown"}`),
    countTry(core, "everyone"),
  ]);
  const limits = [SIGN_INS_PER_ACCOUNT, SIGN_INS_PER_ADDRESS, SIGN_INS_OVERALL];
  const over = counts.filter(({ count }, index) => count > (limits[index] ?? 0));
  if (over.length > 0) {
    return { kind: "too_many", retryAfterSeconds: Math.max(...over.map((it) => it.secondsLeft)) };
  }

  const user = await core.db.user.findUnique({ where: { email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches || user.disabledAt) return { kind: "refused" };

  const sessionId = core.newId();
  const now = core.now();
  await core.db.$transaction([
    core.db.signInBucket.deleteMany({ where: { key: accountKey } }),
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
  return { kind: "signed_in", sessionId, user: { id, name, email, role } };
}

type Tries = { count: number; secondsLeft: number };

/** One statement: counts up inside a running window, or starts a new one. */
async function countTry(core: Core, key: string): Promise<Tries> {
  const now = core.now();
  const windowStart = new Date(now.getTime() - SIGN_IN_WINDOW_SECONDS * 1_000);
  const rows = await core.db.$queryRaw<{ count: number; started_at: Date }[]>`
    insert into sign_in_buckets as bucket (key, count, started_at) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when bucket.started_at < ${windowStart} then 1 else bucket.count + 1 end,
      started_at = case when bucket.started_at < ${windowStart} then ${now} else bucket.started_at end
    returning count, started_at`;
  const row = rows[0] ?? { count: Number.POSITIVE_INFINITY, started_at: now };
  const endsAt = row.started_at.getTime() + SIGN_IN_WINDOW_SECONDS * 1_000;
  return { count: row.count, secondsLeft: Math.ceil((endsAt - now.getTime()) / 1_000) };
}
