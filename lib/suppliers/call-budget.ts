/** The statements on `call_budgets`: an account's budget and breaker, shared by every process. */
import type { Db } from "#lib/platform/db.ts";
import type { Slice } from "./slices.ts";

/** Failures in a row, for reasons of the account, that make its breaker open. */
const FAILURES_TO_OPEN = 5;
/** It stays open for this long, doubled with each trial that fails. */
const OPEN_SECONDS = 5;
const MOST_OPEN_SECONDS = 120;
/** A 429 leaves this much of the rate, and never less than one call in ten seconds. */
const SLOWER = 0.7;
const LOWEST_RATE = 6;

/** A trial under way may end at any moment; `take_calls` says the same. */
const LOOK_AGAIN_MS = 1_000;

/** How many calls of one process may be in flight were it the only one. */
export type AtOnce = { reads: number; writes: number };

export const AT_ONCE: AtOnce = { reads: 8, writes: 2 };

export type Taken = {
  granted: number;
  /** When to ask again where nothing was granted. */
  waitMs: number;
  /** Earlier calls failed: a success has to be told, and this may be a trial. */
  isTrying: boolean;
  /** Nothing was granted because the account may not be called at all. */
  isSilent: boolean;
};

type Statements = Pick<Db, "$queryRaw" | "$executeRaw">;
type AtOnceRow = { reads: number | null; writes: number | null };

const atOnceOf = (row: AtOnceRow | undefined): AtOnce => ({
  reads: row?.reads ?? AT_ONCE.reads,
  writes: row?.writes ?? AT_ONCE.writes,
});

/** Takes tokens for several slices at once, in the order in which they are named. */
export async function takeCalls(
  db: Statements,
  account: string,
  wanted: [Slice, number][],
): Promise<{ taken: Map<Slice, Taken>; atOnce: AtOnce }> {
  const slices = wanted.map(([slice]) => slice);
  const counts = wanted.map(([, count]) => count);
  const rows = await db.$queryRaw<(Taken & AtOnceRow & { slice: Slice })[]>`
    select w.slice, t.granted, t.wait_ms as "waitMs", t.trying as "isTrying",
      coalesce(greatest(s.blocked_until, b.open_until) > now(), false) as "isSilent",
      b.reads_at_once as reads, b.writes_at_once as writes
    from unnest(${slices}::text[], ${counts}::int[]) with ordinality w (slice, count, place)
      left join suppliers s on s.id = ${account}::uuid
      left join call_budgets b on b.supplier_id = s.id
      cross join lateral take_calls(${account}::uuid, w.slice, w.count) t
    order by w.place`;
  return { taken: new Map(rows.map((row) => [row.slice, row])), atOnce: atOnceOf(rows[0]) };
}

/**
 * Takes a token of slice `refresh` for a call that is made beside the account's own connection, whatever its breaker
 * says. An account that isn't there yet has no budget to keep to.
 * @returns 0, or when to ask again
 */
export async function takeCallAside(db: Statements, account: string): Promise<number> {
  // Asked for none, it fills up, and gives no trial away.
  const [filled] = await db.$queryRaw<{ waitMs: number }[]>`
    select t.wait_ms as "waitMs" from suppliers s cross join lateral take_calls(s.id, 'refresh', 0) t
    where s.id = ${account}::uuid`;
  if (!filled) return 0;
  // Out of the pot first, as there.
  const taken = await db.$executeRaw`
    update call_budgets set
      refresh_tokens = greatest(0, refresh_tokens - greatest(0, 1 - spare_tokens)),
      spare_tokens = greatest(0, spare_tokens - 1)
    where supplier_id = ${account}::uuid and refresh_tokens + spare_tokens >= 1`;
  return taken > 0 ? 0 : Math.max(20, Math.ceil(filled.waitMs));
}

/** Until the end of a silence that the supplier itself asked for, in milliseconds; 0: there is none. */
export async function readAskedSilenceMs(db: Statements, account: string): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number | null }[]>`
    select (extract(epoch from blocked_until - now()) * 1000)::float8 as ms
    from suppliers where id = ${account}::uuid`;
  return Math.ceil(Math.max(0, row?.ms ?? 0));
}

/** Whether an account may be called, as all processes see it. */
export type Standing = {
  /** Until its silence or its breaker ends; 0: it may be called. */
  silentMs: number;
  /** Its breaker would let one call through, which nobody was granted yet. */
  isHalfOpen: boolean;
  /** That call was granted, and nobody has begun it yet. */
  hasTrial: boolean;
  /** Earlier calls failed: a success has to be told. */
  isTrying: boolean;
  atOnce: AtOnce;
};

export async function readStanding(db: Statements, account: string): Promise<Standing> {
  const [row] = await db.$queryRaw<
    (AtOnceRow & {
      blocked: number | null;
      open: number | null;
      trial: string | null;
      failures: number | null;
    })[]
  >`
    select (extract(epoch from s.blocked_until - now()) * 1000)::float8 as blocked,
      (extract(epoch from b.open_until - now()) * 1000)::float8 as open,
      b.trial, b.failures, b.reads_at_once as reads, b.writes_at_once as writes
    from suppliers s left join call_budgets b on b.supplier_id = s.id
    where s.id = ${account}::uuid`;
  const blockedMs = Math.max(0, row?.blocked ?? 0);
  const trialMs = row?.trial ? LOOK_AGAIN_MS : Number.POSITIVE_INFINITY;
  const openMs = Math.min(trialMs, Math.max(0, row?.open ?? 0));
  return {
    silentMs: Math.ceil(Math.max(blockedMs, openMs)),
    isHalfOpen: blockedMs === 0 && typeof row?.open === "number" && openMs === 0,
    hasTrial: blockedMs === 0 && openMs > 0 && row?.trial === "granted",
    isTrying: (row?.failures ?? 0) > 0,
    atOnce: atOnceOf(row),
  };
}

/** Makes this call the trial that was granted; false: another is. */
export async function beginTrial(db: Statements, account: string): Promise<boolean> {
  const count = await db.$executeRaw`
    update call_budgets set trial = 'begun'
    where supplier_id = ${account}::uuid and trial = 'granted' and open_until > now()`;
  return count === 1;
}

/** A trial that was not made after all: the next who asks may. */
export async function returnTrial(db: Statements, account: string): Promise<void> {
  await db.$executeRaw`
    update call_budgets set open_until = now(), trial = null
    where supplier_id = ${account}::uuid and trial is not null`;
}

/**
 * Counts a call that failed for reasons of the account. Where the breaker is open already, only its
 * trial counts: the others had begun before.
 */
export async function noteFailure(
  db: Statements,
  account: string,
  isTrial: boolean,
): Promise<void> {
  await db.$executeRaw`
    update call_budgets set
      failures = failures + 1,
      trial = null,
      trips = trips + (${isTrial} or failures + 1 >= ${FAILURES_TO_OPEN}::int)::int,
      open_until = case when ${isTrial} or failures + 1 >= ${FAILURES_TO_OPEN}::int then now() + make_interval(
        secs => least(${MOST_OPEN_SECONDS}::float8, ${OPEN_SECONDS}::float8 * 2 ^ least(trips, 10))) end
    where supplier_id = ${account}::uuid and (${isTrial} or open_until is null)`;
}

/** The supplier answered: failures begin anew, and the breaker closes where this was its trial. */
export async function noteAnswer(db: Statements, account: string, isTrial: boolean): Promise<void> {
  await db.$executeRaw`
    update call_budgets set failures = 0, trips = 0, open_until = null, trial = null
    where supplier_id = ${account}::uuid and (${isTrial} or open_until is null) and failures > 0`;
}

/**
 * Silences an account for every process, and slows it down, once a silence: not for calls that were
 * under way when an earlier one was told already.
 * @param tookMs how long ago the call began
 */
export async function noteSilence(
  db: Statements,
  account: string,
  { silentMs, tookMs }: { silentMs: number; tookMs: number },
): Promise<void> {
  await db.$executeRaw`
    with before as (
      select blocked_until from suppliers where id = ${account}::uuid for no key update
    ), silenced as (
      update suppliers
      set blocked_until = greatest(blocked_until, now() + make_interval(secs => ${silentMs / 1_000}::float8))
      where id = ${account}::uuid
    )
    update call_budgets set
      rate = least(calls_per_minute, rate, greatest(${LOWEST_RATE}::float8, rate * ${SLOWER}::float8)),
      slowed_at = now()
    where supplier_id = ${account}::uuid
      and not exists (select from before where blocked_until > now())
      and (slowed_at is null or slowed_at <= now() - make_interval(secs => ${tookMs / 1_000}::float8))`;
}

/** Puts tokens back that were taken and not used. */
export async function returnCalls(
  db: Statements,
  account: string,
  slice: Slice,
  count: number,
): Promise<void> {
  if (count <= 0) return;
  await db.$executeRaw`
    update call_budgets set
      purchase_tokens = purchase_tokens + case ${slice}::text when 'purchase' then ${count}::int else 0 end,
      reconcile_tokens = reconcile_tokens + case ${slice}::text when 'reconcile' then ${count}::int else 0 end,
      poll_tokens = poll_tokens + case ${slice}::text when 'poll' then ${count}::int else 0 end,
      refresh_tokens = refresh_tokens + case ${slice}::text when 'refresh' then ${count}::int else 0 end,
      open_until = case when trial = 'granted' then least(open_until, now()) else open_until end,
      trial = nullif(trial, 'granted')
    where supplier_id = ${account}::uuid`;
}
