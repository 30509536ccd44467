import { isOpen, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { hasStalled, readStalledAfter, stalledAfterMs } from "#lib/orders/stalled-after.ts";
import { orderRule } from "./order-rule.ts";

type Facts = { status: OrderStatus; since: Date; afterMs: number };

/** So long in one open state: ten minutes, or as is set for the supplier or the product. Pure. */
export function judgeStall({ status, since, afterMs }: Facts, now: Date) {
  if (!isOpen(status) || now.getTime() - since.getTime() < afterMs) return null;
  return { status, since: since.toISOString(), afterMs };
}

export const stalled = orderRule<Facts>({
  key: "stalled",
  everyMs: 10_000,
  async find({ db }, now, most) {
    const rows = await db.order.findMany({
      where: {
        ...hasStalled(await readStalledAfter({ db }), now),
        signals: { none: { key: "stalled", clearedAt: null } },
      },
      orderBy: { statusChangedAt: "asc" },
      take: most,
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  },
  async read(db, orderIds) {
    const after = await readStalledAfter({ db });
    const rows = await db.$queryRaw<
      {
        id: string;
        supplierId: string;
        status: OrderStatus;
        since: Date;
        externalIds: string[];
      }[]
    >`
      select o.id::text, o.supplier_id::text as "supplierId", o.status::text,
        coalesce(o.told_since, o.status_changed_at) as since,
        array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds"
      from orders o where o.id = any(${orderIds}::uuid[])`;
    return new Map(
      rows.map(({ id, status, since, ...of }) => [
        id,
        { status, since, afterMs: stalledAfterMs(after, of) },
      ]),
    );
  },
  judge: judgeStall,
});
