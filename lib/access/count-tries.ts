import type { Core } from "#lib/platform/core.ts";
import { addressPrefix } from "./address-prefix.ts";
import {
  PROOFS_PER_PERSON,
  SECOND_FACTORS_PER_ACCOUNT,
  SIGN_IN_WINDOW_SECONDS,
  SIGN_INS_OVERALL,
  SIGN_INS_PER_ACCOUNT,
  SIGN_INS_PER_ADDRESS,
  VISITS_OVERALL,
} from "./sign-in-limits.ts";

export type Tries = { count: number; secondsLeft: number };
type Limit = [key: string, limit: number];

export const accountKey = (email: string): string => `account:${email}`;

/** Apart from the account's: only a session of his leads there, so nobody else can use it up. */
export const proofKey = (userId: string): string => `proof:${userId}`;

/** Apart from the password's: whoever knows that could clear its count as often as he likes. */
export const factorKey = (userId: string): string => `factor:${userId}`;

/** When a window that ends now began; buckets from before that are over. */
export const windowStart = (now: Date): Date =>
  new Date(now.getTime() - SIGN_IN_WINDOW_SECONDS * 1_000);

/**
 * Counts a try to sign in by a password against every limit, before it is checked. The order lets one address
 * use up neither everybody's tries nor an unlimited number of rows for accounts that don't exist.
 * @returns null, or in how many seconds the limit that is used up ends
 */
export const countPasswordTry = (
  core: Core,
  email: string,
  address: string | null,
): Promise<number | null> =>
  countTries(core, [
    ofAddress(address),
    ["everyone", SIGN_INS_OVERALL],
    [accountKey(email), SIGN_INS_PER_ACCOUNT],
  ]);

/**
 * The same for the password of somebody who has a session: by person alone, so that no stranger, not even one
 * behind the same address, keeps him from what wants a proof.
 */
export const countProofTry = (core: Core, userId: string): Promise<number | null> =>
  countTries(core, [[proofKey(userId), PROOFS_PER_PERSON]]);

/**
 * The same for a code of the second factor, which only a session leads to as well.
 * @returns also whether no other try is left
 */
export async function countFactorTry(
  core: Core,
  userId: string,
): Promise<{ retryAfterSeconds: number | null; isLast: boolean }> {
  const { count, secondsLeft } = await countTry(core, factorKey(userId));
  return {
    retryAfterSeconds: count > SECOND_FACTORS_PER_ACCOUNT ? secondsLeft : null,
    isLast: count === SECOND_FACTORS_PER_ACCOUNT,
  };
}

/** The same where no account is known yet; apart from signing in, which visits don't use up for everybody. */
export const countVisit = (core: Core, address: string | null): Promise<number | null> =>
  countTries(core, [ofAddress(address), ["links", VISITS_OVERALL]]);

const ofAddress = (address: string | null): Limit => [
  `address:${addressPrefix(address)}`,
  SIGN_INS_PER_ADDRESS,
];

/** Those that come after a limit that is used up aren't counted. */
async function countTries(core: Core, limits: Limit[]): Promise<number | null> {
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
