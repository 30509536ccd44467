/** What a pause holds up is not late: it is due when that ends. Pure. */
import type { PausedWork } from "#lib/suppliers/pause-policy.ts";
import type { Pauses } from "#lib/suppliers/read-pauses.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { OrderStatus } from "./lifecycle.ts";

/** What an order in this state waits for: to be sent, or to be looked at. */
export const workOn = (status: OrderStatus): PausedWork =>
  status === "submitting" || status === "awaiting_payment" ? "ordering" : "polling";

/** When an order is really worked on next. */
export function dueAfterPause(
  order: { supplierId: string; status: OrderStatus; nextPollAt: Date | null },
  pauses: Pauses,
): string | null {
  const due = order.nextPollAt?.toISOString() ?? null;
  const until = pauses.get(order.supplierId)?.[workOn(order.status)]?.until;
  return due !== null && until !== undefined && until > due ? until : due;
}

/** The same of a row `o` and its supplier `s`. */
export const DUE_AFTER_PAUSE = Prisma.sql`
  greatest(o.next_poll_at, case when o.status in ('submitting', 'awaiting_payment')
    then s.ordering_paused_until else s.polling_paused_until end)`;

/** Held up beyond that time, as a condition. */
export const isHeldUp = (beyond: Date): Prisma.OrderWhereInput => ({
  OR: [
    {
      status: { in: ["submitting", "awaiting_payment"] },
      supplier: { orderingPausedUntil: { gte: beyond } },
    },
    {
      status: { notIn: ["submitting", "awaiting_payment"] },
      supplier: { pollingPausedUntil: { gte: beyond } },
    },
  ],
});
