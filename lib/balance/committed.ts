import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { BEGUN_AT } from "./collect-moves.ts";
import { SKEW_MS } from "./explain-policy.ts";

/** What can be spent of a currency, as far as it is known. Decimal text. */
export type Spendable = { available: string; committed: string; sampledAt: Date };

/**
 * A step, which is no later than the newest sample, has been given the money of the order `o`: and neither one
 * from before it was sent again, nor one that may be somebody else's while nobody knows whether there is an order.
 */
const SHOWN = Prisma.sql`
  select from balance_moves m join balance_steps p on p.sample_id = m.step_id
  where m.order_id = o.id and m.kind = 'order'
    and coalesce(${BEGUN_AT}, o.created_at) <= p.to_at + ${SKEW_MS / 1_000} * interval '1 second'
    and (o.status not in ('submitting', 'unconfirmed')
      or exists (select from suppliers a where a.id = o.supplier_id and a.is_exclusive))`;

/**
 * The newest amount, and what of it orders have been promised: those that aren't paid or may not be, but
 * for those whose payment the supplier refuses; and those paid since the question for it left, which it
 * may not show. An order whose money a change of the balance is known to be made of isn't promised anything
 * any more: it is gone from the amount already, be it paid or kept aside. Null where no sample tells.
 */
export async function readSpendable(
  db: Pick<Tx, "$queryRaw">,
  supplierId: string,
  currency: string,
): Promise<Spendable | null> {
  const [row] = await db.$queryRaw<Spendable[]>`
    select trim_scale(s.available)::text as available, s.sampled_at as "sampledAt",
      trim_scale(coalesce((
        select sum(o.agreed_total) from orders o
        where o.supplier_id = s.supplier_id and o.currency = s.currency and not o.is_mock
          and o.status in ('submitting', 'unconfirmed', 'awaiting_payment')
          and not exists (select 1 from order_signals r
            where r.order_id = o.id and r.key = 'pay_refused' and r.cleared_at is null)
          and not exists (${SHOWN})), 0)
      + coalesce((
        select sum(coalesce(o.charged_total, o.agreed_total)) from orders o
        where o.paid_at is not null and o.paid_at >= coalesce(s.asked_at, s.sampled_at) and not o.is_mock
          and o.supplier_id = s.supplier_id and o.currency = s.currency
          and o.status not in ('submitting', 'unconfirmed', 'awaiting_payment')
          and not exists (${SHOWN})), 0))::text as committed
    from balance_samples s
    where s.supplier_id = ${supplierId}::uuid and s.currency = ${currency}
    order by s.sampled_at desc, s.id desc limit 1`;
  return row ?? null;
}
