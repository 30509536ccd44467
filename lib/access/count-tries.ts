import type { Core } from "#lib/platform/core.ts";
import { addressPrefix } from "./address-prefix.ts";
import {
  SIGN_IN_WINDOW_SECONDS,
  SIGN_INS_OVERALL,
  SIGN_INS_PER_ACCOUNT,
  SIGN_INS_PER_ADDRESS,
} from "./sign-in-limits.ts";

export type Tries = { count: number; secondsLeft: number };

export const accountKey = (email: string): string => `account:${email}`;

/** When a window that ends now began; buckets from before that are over. */
export const windowStart = (now: Date): Date =>
  new Date(now.getTime() - SIGN_IN_WINDOW_SECONDS * 1_000);

/**
 * Counts a try for a password against every limit, before it is checked.
 * @returns null, or in how many seconds the limit that is used up ends
 */
export async function countPasswordTry(
  core: Core,
  email: string,
  address: string | null,
): Promise<number | null> {
  // In this order, so that one address can use up neither everybody's tries nor an unlimited
  // number of rows for accounts that don't exist.
  const limits: [key: string, limit: number][] = [
    [`address:${addressPrefix(address)}`, SIGN_INS_PER_ADDRESS],
    ["everyone", SIGN_INS_OVERALL],
    [accountKey(email), SIGN_INS_PER_ACCOUNT],
  ];
  for (const [key, limit] of limits) {
    const { count, secondsLeft } = await countTry(core, key);
    if (count > limit) return secondsLeft;
  }
  return null;
}

/** One statement: counts up inside a running window, or starts a new one. */
export async function countTry(core: Core, key: string): Promise<Tries> {
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

/** Takes a try back that turned out to be none: what succeeds uses up nobody's tries. */
export async function uncountTry(core: Core, key: string): Promise<void> {
  await core.db.$executeRaw`
    update sign_in_buckets set count = count - 1 where key = ${key} and count > 0`;
}
