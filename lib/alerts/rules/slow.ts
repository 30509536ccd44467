import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import { readRuleSettings } from "#lib/suppliers/rule-settings.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { orderRule } from "./order-rule.ts";

/** Younger than this, or later by less than that, nobody looks at it. */
const LEAST_MS = 30_000;
const LEAST_LATER_MS = 10_000;

type Facts = {
  status: OrderStatus;
  paidAt: Date | null;
  /** What 95 of 100 orders of its slowest product take; null where not each product's is known. */
  usualMs: number | null;
  factor: number;
  isStalled: boolean;
};

/** From then on an order is slow, in milliseconds from its payment. Pure. */
const slowAfterMs = (usualMs: number, factor: number): number =>
  Math.max(LEAST_MS, usualMs + LEAST_LATER_MS, usualMs * factor);

/** Slower than the product's own orders; a stall says more. Pure. */
export function judgeSlow({ status, paidAt, usualMs, factor, isStalled }: Facts, now: Date) {
  if (isStalled || usualMs === null || paidAt === null) return null;
  if (status !== "paid" && status !== "processing") return null;
  const tookMs = now.getTime() - paidAt.getTime();
  if (tookMs < slowAfterMs(usualMs, factor)) return null;
  // Not how long it has taken, which would be another number each time.
  return { status, since: paidAt.toISOString(), usualMs: Math.round(usualMs) };
}

/** Between the quantiles 30/32 and 31/32, which are the 31st and 32nd. */
const usual = Prisma.sql`
  (select case when count(*) = count(c.samples)
      then max(c.quantiles[31] + 0.4 * (c.quantiles[32] - c.quantiles[31])) end::float8
    from order_items i
    left join product_curves c on c.supplier_id = o.supplier_id and c.external_id = i.external_id
      and cardinality(c.quantiles) = 33
    where i.order_id = o.id)`;

export const slow = orderRule<Facts>({
  key: "slow",
  everyMs: 10_000,
  async find({ db }, now, most) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      select id::text from (
        select o.id, o.paid_at, ${usual} as usual_ms,
          coalesce((s.rule_settings->>'slowFactor')::float8, 1) as factor
        from orders o join suppliers s on s.id = o.supplier_id
        where o.status in ('paid', 'processing') and not o.is_mock
          and o.paid_at <= ${new Date(now.getTime() - LEAST_MS)}
          and not exists (
            select from order_signals g
            where g.order_id = o.id and g.key in ('slow', 'stalled') and g.cleared_at is null)) waiting
      where extract(epoch from ${now}::timestamptz - paid_at) * 1000
        >= greatest(usual_ms + ${LEAST_LATER_MS}::int, usual_ms * factor)
      order by paid_at limit ${most}::int`;
    return rows.map(({ id }) => id);
  },
  async read(db, orderIds) {
    const rows = await db.$queryRaw<(Omit<Facts, "factor"> & { id: string; settings: unknown })[]>`
      select o.id::text, o.status::text, o.paid_at as "paidAt", ${usual} as "usualMs",
        s.rule_settings as settings,
        exists (
          select from order_signals g
          where g.order_id = o.id and g.key = 'stalled' and g.cleared_at is null) as "isStalled"
      from orders o join suppliers s on s.id = o.supplier_id
      where o.id = any(${orderIds}::uuid[]) and not o.is_mock`;
    return new Map(
      rows.map(({ id, settings, ...facts }) => [
        id,
        { ...facts, factor: readRuleSettings(settings).slowFactor },
      ]),
    );
  },
  judge: judgeSlow,
});
