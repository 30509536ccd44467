/** The orders that a sweep looks after, and when one of them is worth it. */
import type { Core } from "#lib/platform/core.ts";
import { FAST_PHASE_MS } from "#lib/polling/look-schedule.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { HeldOrder } from "./compare-list.ts";
import { UNKNOWN_EVERY_MS } from "./sweep-schedule.ts";

/** What an order's schedule needs beside what the comparison does. */
export type Held = HeldOrder & {
  paidAt: Date;
  statusChangedAt: Date;
  /** By a sweep or by itself; when it was paid, where neither has been. */
  lastLookedAt: Date;
  externalIds: string[];
};

/** What one sweep keeps in memory; the oldest beyond that go by their own schedules. */
const MOST_HELD = 5_000;

/** When its own schedule would have an order looked at. */
const DUE_AT = Prisma.sql`
  greatest(o.last_looked_at, o.paid_at, o.status_changed_at)
  + make_interval(secs => coalesce(o.poll_every_ms, ${UNKNOWN_EVERY_MS}::int) / 1000.0)`;

/**
 * Young orders that wait for their codes, in a state that the supplier's list can be asked for. Where a
 * wait can't be longer than `withinMs`, older ones are passed over by their due time.
 */
function young(supplierId: string, now: Date, withinMs: number): Prisma.Sql {
  return Prisma.sql`
    o.supplier_id = ${supplierId}::uuid and o.status in ('paid', 'processing')
    and o.next_poll_at <= now() + make_interval(secs => ${withinMs / 1_000}::float8)
    and o.supplier_order_id is not null
    and coalesce(o.paid_at, o.status_changed_at) > ${new Date(now.getTime() - FAST_PHASE_MS)}
    -- Backing off and parking are schedules of their own.
    and o.failed_looks = 0
    and not exists (
      select 1 from order_signals s
      where s.order_id = o.id and s.key in ('unknown_word', 'unrecordable') and s.cleared_at is null)`;
}

/** Longer than any young order waits: three sweeps and its jitter, or its own schedule as far stretched. */
const horizonMs = (sweepEveryMs: number): number => Math.max(120_000, 10 * sweepEveryMs);

type Row = {
  orderId: string;
  supplierOrderId: string;
  state: HeldOrder["state"];
  placedAt: Date;
  paidAt: Date;
  statusChangedAt: Date;
  lastLookedAt: Date;
  dueAt: Date;
  externalIds: string[];
};

export async function readHeld(
  { db, now }: Pick<Core, "db" | "now">,
  supplierId: string,
  sweepEveryMs: number,
): Promise<Held[]> {
  const rows = await db.$queryRaw<Row[]>`
    select o.id as "orderId", lower(o.supplier_order_id) as "supplierOrderId", o.status::text as state,
      o.created_at as "placedAt", coalesce(o.paid_at, o.status_changed_at) as "paidAt",
      o.status_changed_at as "statusChangedAt", coalesce(o.last_looked_at, o.status_changed_at) as "lastLookedAt",
      ${DUE_AT} as "dueAt",
      array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds"
    from orders o where ${young(supplierId, now(), horizonMs(sweepEveryMs))}
    order by o.created_at desc
    limit ${MOST_HELD}::int`;
  return rows.map((row) => ({
    ...row,
    placedAt: row.placedAt.getTime(),
    dueAt: row.dueAt.getTime(),
  }));
}

/** The instant from which a sweep is worth its calls; null where there is nothing to sweep for. */
export async function firstDueAt(
  { db, now }: Pick<Core, "db" | "now">,
  supplierId: string,
  sweepEveryMs: number,
): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ first: Date | null }[]>`
    select min(${DUE_AT}) as first
    from orders o where ${young(supplierId, now(), horizonMs(sweepEveryMs))}`;
  return row?.first ?? null;
}

export type OpenLooks = { open: number; openDue: number; otherDue: number };

/** How many looks a minute the schedules of a supplier's open orders ask for. */
export async function countLooks(
  { db, now }: Pick<Core, "db" | "now">,
  supplierId: string,
): Promise<OpenLooks> {
  const youngSince = new Date(now().getTime() - FAST_PHASE_MS);
  const [row] = await db.$queryRaw<OpenLooks[]>`
    select count(*) filter (where is_young)::int as open,
      coalesce(sum(60000.0 / every_ms) filter (where is_young), 0)::float8 as "openDue",
      coalesce(sum(60000.0 / every_ms) filter (where not is_young), 0)::float8 as "otherDue"
    from (
      select coalesce(poll_every_ms, ${UNKNOWN_EVERY_MS}::int) as every_ms,
        status in ('paid', 'processing') and supplier_order_id is not null
          and coalesce(paid_at, status_changed_at) > ${youngSince} as is_young
      from orders
      where supplier_id = ${supplierId}::uuid and next_poll_at is not null
        and status not in ('submitting', 'awaiting_payment')) looks`;
  return row ?? { open: 0, openDue: 0, otherDue: 0 };
}

/** Orders that no sweep looks after any more go back to their own schedules. */
export async function backToSchedules(
  { db, now }: Pick<Core, "db" | "now">,
  supplierId: string,
  congestion: number,
): Promise<void> {
  // Twice its wait is more than chance and congestion make of it: what is due later waits for a sweep.
  await db.$executeRaw`
    with waiting as materialized (
      select o.id, greatest(now(), ${DUE_AT}) as due_at from orders o
      where ${young(supplierId, now(), 24 * 3_600_000)}
        and (o.lease_until is null or o.lease_until < now())
        and o.next_poll_at > now() + make_interval(
          secs => 1.5 * ${congestion}::float8 * coalesce(o.poll_every_ms, ${UNKNOWN_EVERY_MS}::int) / 1000.0)
      for no key update of o skip locked)
    update orders o set next_poll_at = least(o.next_poll_at, waiting.due_at) from waiting where o.id = waiting.id`;
}
