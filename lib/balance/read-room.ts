import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { subtract } from "#lib/platform/money.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { readBalances } from "./read.ts";
import { readRunway } from "./read-runway.ts";
import { queryOf, ROOM_BUCKETS, type RoomFilter } from "./room-policy.ts";
import type { BalanceBucket, BalanceRoomView, MoveView, StepView, TopUpView } from "./types.ts";

const STEPS = 30;
const UNEXPLAINED = 50;
const TOP_UPS = 20;
const MOVES_SHOWN = 8;

type Ctx = Core & { suppliers: SupplierAccounts };

/** Everything about one account's money, and the figures of all. Throws `forbidden`. */
export async function readBalanceRoom(
  core: Ctx,
  actor: Actor,
  filter: RoomFilter,
): Promise<BalanceRoomView> {
  requirePermission(actor, "balance.read");
  const { account, hours } = filter;
  const [accounts, balances] = await Promise.all([
    readRunway(core, actor),
    readBalances(core, actor),
  ]);
  const mains = accounts.filter(
    ({ supplierId, currency }) => core.suppliers.byId(supplierId)?.currency === currency,
  );
  const chosen =
    accounts.find(({ supplierId, currency }) => `${supplierId}:${currency}` === account) ??
    mains[0] ??
    accounts[0];
  const about = chosen ? { supplierId: chosen.supplierId, currency: chosen.currency } : null;
  const none = { buckets: [], unexplained: [], steps: [], topUps: [], unattributed: 0 };
  return {
    query: queryOf(filter),
    ...{ accounts, balances, chosen: about, hours },
    ...(about ? await readDetails(core, about, hours) : none),
    mayRecord: can(actor, "balance.record"),
    readAt: core.now().toISOString(),
  };
}

type About = { supplierId: string; currency: string };

async function readDetails(core: Ctx, about: About, hours: number) {
  const where = { supplierId: about.supplierId, currency: about.currency };
  const [buckets, unexplained, steps, topUps, unattributed] = await Promise.all([
    readBuckets(core, about, hours),
    readSteps(core, { ...where, state: "unexplained" }, UNEXPLAINED),
    readSteps(core, where, STEPS),
    readTopUps(core, where),
    core.db.supplierOrder.count({
      where: { supplierId: about.supplierId, attribution: null, alertedAt: { not: null } },
    }),
  ]);
  return { buckets, unexplained, steps, topUps, unattributed };
}

async function readSteps(
  { db }: Pick<Core, "db">,
  where: { supplierId: string; currency: string; state?: string },
  take: number,
): Promise<StepView[]> {
  const rows = await db.balanceStep.findMany({
    where,
    orderBy: [{ toAt: "desc" }, { sampleId: "desc" }],
    take,
    include: {
      _count: { select: { moves: true } },
      moves: { orderBy: [{ amount: "asc" }, { id: "asc" }], take: MOVES_SHOWN },
    },
  });
  return rows.map(({ sampleId, fromAt, toAt, before, after, remainder, moves, ...row }) => ({
    id: sampleId,
    fromAt: fromAt.toISOString(),
    toAt: toAt.toISOString(),
    before: before.toFixed(),
    after: after.toFixed(),
    change: subtract(after.toFixed(), before.toFixed()),
    remainder: remainder.toFixed(),
    state: row.state as StepView["state"],
    acceptedBy: row.acceptedBy,
    reason: row.reason,
    moves: moves.map(({ kind, amount, orderId, supplierOrderId }) => ({
      kind: kind as MoveView["kind"],
      amount: amount.toFixed(),
      ...{ orderId, supplierOrderId },
    })),
    movesTotal: row._count.moves,
  }));
}

async function readTopUps(
  { db }: Pick<Core, "db">,
  where: { supplierId: string; currency: string },
): Promise<TopUpView[]> {
  const rows = await db.topUp.findMany({
    where,
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: TOP_UPS,
    include: { moves: { select: { stepId: true } } },
  });
  return rows.map(({ id, amount, at, note, actorName, moves, ...row }) => ({
    id,
    amount: amount.toFixed(),
    at: at.toISOString(),
    note,
    actorName,
    isSeen: moves.some(({ stepId }) => stepId !== null),
    voided:
      row.voidedAt && row.voidedBy && row.voidReason
        ? { at: row.voidedAt.toISOString(), by: row.voidedBy, reason: row.voidReason }
        : null,
  }));
}

/** Every part of the time, also those in which nothing moved: the amount of the part before stays. */
async function readBuckets(
  { db, now }: Pick<Core, "db" | "now">,
  { supplierId, currency }: About,
  hours: number,
): Promise<BalanceBucket[]> {
  const until = now();
  const since = new Date(until.getTime() - hours * 3_600_000);
  const seconds = (hours * 3_600) / ROOM_BUCKETS;
  const rows = await db.$queryRaw<(Omit<BalanceBucket, "at"> & { at: Date })[]>`
    with parts as (
      select n, ${since}::timestamptz + make_interval(secs => n * ${seconds}) as begins,
        ${since}::timestamptz + make_interval(secs => (n + 1) * ${seconds}) as ends
      from generate_series(0, ${ROOM_BUCKETS - 1}::int) n),
    moved as (
      select width_bucket(extract(epoch from p.to_at)::float8, extract(epoch from ${since}::timestamptz)::float8,
          extract(epoch from ${until}::timestamptz)::float8, ${ROOM_BUCKETS}) - 1 as n,
        -sum(m.amount) filter (where m.kind <> 'top_up') as spent,
        count(*) filter (where m.kind = 'order')::int as orders,
        sum(m.amount) filter (where m.kind = 'top_up') as topped_up
      from balance_steps p join balance_moves m on m.step_id = p.sample_id
      where p.supplier_id = ${supplierId}::uuid and p.currency = ${currency}
        and p.to_at >= ${since} and p.to_at < ${until}
      group by 1)
    select parts.ends as at, trim_scale(held.available)::text as available,
      trim_scale(coalesce(moved.spent, 0))::text as spent, coalesce(moved.orders, 0) as orders,
      trim_scale(coalesce(moved.topped_up, 0))::text as "toppedUp"
    from parts
    left join moved using (n)
    cross join lateral (
      (select available from balance_samples
        where supplier_id = ${supplierId}::uuid and currency = ${currency} and coalesce(first_at, sampled_at) < parts.ends
          and sampled_at >= parts.begins - interval '40 days'
        order by sampled_at desc, id desc limit 1)) held
    order by parts.n`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
