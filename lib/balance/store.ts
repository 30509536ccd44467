/** Locks and writing SQL of the balance room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { NEAR_MS, REFUND_LATE_MS } from "./explain-policy.ts";
import type { Step } from "./explain-steps.ts";
import type { Facts, GivenMove } from "./judge-facts.ts";

const MOST_OPEN = 100;
/** Explained steps that are judged again with those between which they stand. */
const NEIGHBOURS = 10;
const MOST_MOVES = 3_000;

export type JudgedStep = Step & {
  currency: string;
  state: "open" | "explained" | "unexplained";
  /** A later answer told of the amount that it ends with, or of another. */
  isSeenAgain: boolean;
};

/** One at a time explains an account's balance. `unless_taken` answers false instead of waiting. */
export async function lockBalance(
  tx: Tx,
  supplierId: string,
  how: "wait" | "unless_taken",
): Promise<boolean> {
  const name = `balance steps ${supplierId}`;
  if (how === "wait") {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    return true;
  }
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as taken`;
  return row?.taken ?? false;
}

/**
 * Makes a step of each change that has none. Samples of which nobody noted when they first came (older
 * than steps are) have none, and changes of other amounts than the available one neither.
 */
export async function findNewSteps(
  tx: Tx,
  core: Pick<Core, "now">,
  supplierId: string,
): Promise<void> {
  await tx.$executeRaw`
    with recursive held (currency) as (
      (select currency from balance_samples where supplier_id = ${supplierId}::uuid order by currency limit 1)
      union all
      select next.currency from held cross join lateral (
        select currency from balance_samples
        where supplier_id = ${supplierId}::uuid and currency > held.currency order by currency limit 1) next),
    samples as (
      select s.*, lag(s.available) over told as before,
        lag(coalesce(s.asked_at, s.sampled_at - interval '30 seconds')) over told as asked_before
      from held
      cross join lateral (
        select * from balance_samples
        where supplier_id = ${supplierId}::uuid and currency = held.currency
          and sampled_at >= coalesce((select max(to_at) from balance_steps
            where supplier_id = ${supplierId}::uuid and currency = held.currency), '-infinity')) s
      window told as (partition by s.currency order by s.sampled_at, s.id))
    insert into balance_steps (sample_id, supplier_id, currency, from_at, to_at, before, after, remainder, state, judged_at)
    select id, supplier_id, currency, least(asked_before, first_at), first_at, before, available,
      available - before, 'open', ${core.now()}
    from samples where first_at is not null and before <> available
    on conflict (sample_id) do nothing`;
}

type StepRow = Omit<JudgedStep, "before" | "after"> & { before: string; after: string };

/** Those without a full explanation, in order of time; the newest where there are very many. */
async function readOpenSteps(tx: Tx, supplierId: string): Promise<JudgedStep[]> {
  const rows = await tx.$queryRaw<StepRow[]>`
    select p.sample_id as id, p.currency, p.from_at as "fromAt", p.to_at as "toAt", p.before::text as before,
      p.after::text as after, p.state, exists (
        select 1 from balance_samples s
        where s.supplier_id = p.supplier_id and s.currency = p.currency and s.sampled_at > p.to_at) as "isSeenAgain"
    from balance_steps p
    where p.supplier_id = ${supplierId}::uuid and p.state in ('open', 'unexplained')
    order by p.to_at desc, p.sample_id desc limit ${MOST_OPEN}`;
  return rows.toReversed();
}

/** Explained steps just before and after the given ones: what they took may belong to those. */
async function readNeighbours(tx: Tx, steps: JudgedStep[]): Promise<JudgedStep[]> {
  const ids = steps.map(({ id }) => id);
  return tx.$queryRaw<StepRow[]>`
    select distinct n.sample_id as id, n.currency, n.from_at as "fromAt", n.to_at as "toAt",
      n.before::text as before, n.after::text as after, n.state, true as "isSeenAgain"
    from balance_steps p cross join lateral (
      (select * from balance_steps
        where supplier_id = p.supplier_id and currency = p.currency and to_at between p.from_at - ${NEAR_MS / 1_000} * interval '1 second' and p.to_at
        order by to_at desc limit ${NEIGHBOURS})
      union all
      (select * from balance_steps
        where supplier_id = p.supplier_id and currency = p.currency and to_at between p.to_at and p.to_at + ${NEAR_MS / 1_000} * interval '1 second'
        order by to_at limit ${NEIGHBOURS})) n
    where p.sample_id = any(${ids}::uuid[]) and n.state = 'explained'
    order by "toAt", id`;
}

const MOVE = `m.id, m.step_id as "stepId", m.kind, m.amount::text as amount, m.earliest_at as "earliestAt", m.latest_at as "latestAt",
  coalesce(m.order_id::text, m.supplier_order_id, m.id::text) as "belongsTo",
  m.kind = 'order' and (o.paid_at is not null or o.status in ('paid', 'processing', 'partial', 'completed', 'failed', 'refunded')) as "isCertain",
  m.kind = 'refund' and o.status = 'refunded' as "isSaid"
  from balance_moves m left join orders o on o.id = m.order_id`;

/** Those that the steps have been given. */
const readMovesOf = (tx: Tx, steps: JudgedStep[]): Promise<GivenMove[]> =>
  tx.$queryRawUnsafe<GivenMove[]>(
    `select ${MOVE} where m.step_id = any($1::uuid[]) order by m.id`,
    steps.map(({ id }) => id),
  );

/** Those that no step has, as far as they may be part of one of these. */
async function readFreeMoves(
  tx: Tx,
  supplierId: string,
  steps: JudgedStep[],
): Promise<GivenMove[]> {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return [];
  const since = new Date(first.fromAt.getTime() - REFUND_LATE_MS);
  const until = new Date(last.toAt.getTime() + 60_000);
  return tx.$queryRawUnsafe<GivenMove[]>(
    `select ${MOVE} where m.supplier_id = $1::uuid and m.currency = $2 and m.step_id is null
      and m.earliest_at between $3::timestamptz and $4::timestamptz
      and (m.kind <> 'order' or m.latest_at is null or m.latest_at > $5::timestamptz - interval '2 hours')
      order by m.earliest_at desc, m.id desc limit ${MOST_MOVES}`,
    supplierId,
    first.currency,
    since,
    until,
    first.fromAt,
  );
}

/** What the judgement on an account's open steps rests on, by currency. */
export async function readFacts(tx: Tx, supplierId: string): Promise<Facts<JudgedStep>[]> {
  const steps = await readOpenSteps(tx, supplierId);
  const facts: Facts<JudgedStep>[] = [];
  for (const currency of new Set(steps.map((step) => step.currency))) {
    const open = steps.filter((step) => step.currency === currency);
    const around = await readNeighbours(tx, open);
    const given = await readMovesOf(tx, [...open, ...around]);
    const free = await readFreeMoves(tx, supplierId, open);
    facts.push({ currency, open, around, moves: [...given, ...free] });
  }
  return facts;
}

type Judgement = { stepId: string; moves: string[]; remainder: string; state: string };

/** How many steps are otherwise now, and whether some are unexplained that weren't. */
export type Written = { changed: number; isMore: boolean };

/** Writes what has become of the steps, and gives them their moves. */
export async function writeJudgements(tx: Tx, judged: Judgement[], now: Date): Promise<Written> {
  const facts = JSON.stringify(judged);
  const ids = judged.map(({ stepId }) => stepId);
  const given = JSON.stringify(
    judged.flatMap(({ stepId, moves }) => moves.map((id) => ({ id, stepId }))),
  );
  await tx.$executeRaw`
    update balance_moves m set step_id = null
    where m.step_id = any(${ids}::uuid[])
      and not exists (select 1 from jsonb_to_recordset(${given}::jsonb) g(id uuid, "stepId" uuid)
        where g.id = m.id and g."stepId" = m.step_id)`;
  await tx.$executeRaw`
    update balance_moves m set step_id = g."stepId"
    from jsonb_to_recordset(${given}::jsonb) g(id uuid, "stepId" uuid)
    where m.id = g.id and m.step_id is distinct from g."stepId"`;
  const rows = await tx.$queryRaw<{ was: string; state: string }[]>`
    update balance_steps p set state = j.state, remainder = j.remainder, judged_at = ${now}
    from jsonb_to_recordset(${facts}::jsonb) j("stepId" uuid, remainder numeric, state text)
    join balance_steps before on before.sample_id = j."stepId"
    where p.sample_id = j."stepId" and p.state <> 'accepted'
      and (p.state <> j.state or p.remainder <> j.remainder)
    returning before.state as was, p.state`;
  const isMore = rows.some(({ was, state }) => state === "unexplained" && was !== state);
  return { changed: rows.length, isMore };
}
