/** Who sweeps an account: one process at a time, and what it leaves behind. Each is one statement. */
import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import { DISTRUST_MS, SWEEP_LEASE_SECONDS } from "./sweep-schedule.ts";

export type SweepClaim = {
  supplierId: string;
  leaseToken: string;
  sweepEveryMs: number;
  /** When the last complete sweep ended, by the clock of whoever made it; null for the first. */
  lastEndedAt: Date | null;
};

type Reader = Pick<Core, "db">;

/** The account's sweep, if it is due and nobody else is at it. */
export async function claimSweep({ db }: Reader, supplierId: string): Promise<SweepClaim | null> {
  const [claim] = await db.$queryRaw<SweepClaim[]>`
    update polling_plans set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${SWEEP_LEASE_SECONDS}::int)
    where supplier_id = ${supplierId}::uuid and mode = 'sweep' and next_sweep_at <= now()
      and (lease_until is null or lease_until < now())
      and (distrust_until is null or distrust_until <= now())
      and not exists (
        select 1 from suppliers s where s.id = supplier_id and s.polling_paused_until > now())
    returning supplier_id as "supplierId", lease_token as "leaseToken", sweep_every_ms as "sweepEveryMs",
      (last_sweep->>'endedAt')::timestamptz as "lastEndedAt"`;
  return claim ?? null;
}

/** False once somebody else has taken over. */
export async function renewSweep({ db }: Reader, claim: SweepClaim): Promise<boolean> {
  const held = await db.$executeRaw`
    update polling_plans set lease_until = now() + make_interval(secs => ${SWEEP_LEASE_SECONDS}::int)
    where supplier_id = ${claim.supplierId}::uuid and lease_token = ${claim.leaseToken}::uuid`;
  return held > 0;
}

/** Numbers of one sweep: pages read, orders of ours on them, moved on, gone, and other people's rows. */
export type Swept = {
  pages: number;
  seen: number;
  moved: number;
  missing: number;
  foreign: number;
};

/** The next one is due a period after this one began. */
export async function finishSweep(
  { db }: Reader,
  claim: SweepClaim,
  startedAt: Date,
  endedAt: Date,
  swept: Swept,
): Promise<void> {
  const tookMs = endedAt.getTime() - startedAt.getTime();
  await db.$executeRaw`
    update polling_plans set
      lease_token = null, lease_until = null, swept_at = ${startedAt},
      last_sweep = ${JSON.stringify({ ...swept, endedAt })}::jsonb,
      next_sweep_at = case when mode = 'sweep'
        then now() + make_interval(secs => greatest(0, sweep_every_ms - ${tookMs}::float8) / 1000) end
    where supplier_id = ${claim.supplierId}::uuid and lease_token = ${claim.leaseToken}::uuid`;
}

/** Left unfinished for a reason of our own; what has been seen by then counts. */
export async function breakOffSweep(
  { db }: Reader,
  claim: SweepClaim,
  againInMs: number,
): Promise<void> {
  await db.$executeRaw`
    update polling_plans set lease_token = null, lease_until = null,
      next_sweep_at = now() + make_interval(secs => ${againInMs / 1_000}::float8)
    where supplier_id = ${claim.supplierId}::uuid and lease_token = ${claim.leaseToken}::uuid`;
}

/** The list is not what it should be: orders are looked at singly for a while, from now on. */
export async function distrustList(
  { db }: Reader,
  claim: SweepClaim,
  why: string,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const held = await tx.$executeRaw`
      update polling_plans set
        lease_token = null, lease_until = null, mode = 'single', reason = 'distrusted', congestion = 1,
        sweep_every_ms = null, next_sweep_at = null,
        distrust_until = now() + make_interval(secs => ${DISTRUST_MS / 1_000}::int), distrust_why = ${why}
      where supplier_id = ${claim.supplierId}::uuid and lease_token = ${claim.leaseToken}::uuid`;
    await notify(tx, ["engine"]);
    return held > 0;
  });
}
