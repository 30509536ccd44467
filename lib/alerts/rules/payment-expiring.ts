import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import { readRuleSettings } from "#lib/suppliers/rule-settings.ts";
import { orderRule } from "./order-rule.ts";

/** Longer than any supplier is given to be warned of it. */
const MOST_MS = 24 * 60 * 60_000;

type Facts = {
  status: OrderStatus;
  createdAt: Date;
  paymentExpiresAt: Date | null;
  warnMs: number;
};

/** Unpaid near the end of the time to pay; of a short time its second half. Pure. */
export function judgePayment(
  { status, createdAt, paymentExpiresAt, warnMs }: Facts,
  now: Date,
): { until: string } | null {
  if (status !== "awaiting_payment" || paymentExpiresAt === null) return null;
  const halfMs = (paymentExpiresAt.getTime() - createdAt.getTime()) / 2;
  const leftMs = paymentExpiresAt.getTime() - now.getTime();
  return leftMs <= Math.min(warnMs, halfMs) ? { until: paymentExpiresAt.toISOString() } : null;
}

export const paymentExpiring = orderRule<Facts>({
  key: "payment_expiring",
  everyMs: 10_000,
  async find({ db }, now, most) {
    const rows = await db.$queryRaw<(Facts & { id: string; settings: unknown })[]>`
      select o.id::text, o.status::text, o.created_at as "createdAt",
        o.payment_expires_at as "paymentExpiresAt", s.rule_settings as settings
      from orders o join suppliers s on s.id = o.supplier_id
      where o.status = 'awaiting_payment' and o.payment_expires_at <= ${new Date(now.getTime() + MOST_MS)}
        and not exists (
          select from order_signals g
          where g.order_id = o.id and g.key = 'payment_expiring' and g.cleared_at is null)`;
    return rows
      .filter((row) => judgePayment(factsOf(row), now) !== null)
      .slice(0, most)
      .map(({ id }) => id);
  },
  async read(db, orderIds) {
    const rows = await db.$queryRaw<(Facts & { id: string; settings: unknown })[]>`
      select o.id::text, o.status::text, o.created_at as "createdAt",
        o.payment_expires_at as "paymentExpiresAt", s.rule_settings as settings
      from orders o join suppliers s on s.id = o.supplier_id
      where o.id = any(${orderIds}::uuid[])`;
    return new Map(rows.map((row) => [row.id, factsOf(row)]));
  },
  judge: judgePayment,
});

function factsOf({
  settings,
  status,
  createdAt,
  paymentExpiresAt,
}: Facts & { settings: unknown }): Facts {
  const warnMs = readRuleSettings(settings).paymentExpiringMs;
  return { status, createdAt, paymentExpiresAt, warnMs };
}
