import { isOpen, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { hasStalled, readStalledAfter, stalledAfterMs } from "#lib/orders/stalled-after.ts";
import { orderRule } from "./order-rule.ts";

type Facts = { status: OrderStatus; statusChangedAt: Date; afterMs: number };

/** So long in one open state: ten minutes, or as is set for the supplier or the product. Pure. */
export function judgeStall({ status, statusChangedAt, afterMs }: Facts, now: Date) {
  if (!isOpen(status) || now.getTime() - statusChangedAt.getTime() < afterMs) return null;
  return { status, since: statusChangedAt.toISOString(), afterMs };
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
        statusChangedAt: Date;
        externalIds: string[];
      }[]
    >`
      select o.id::text, o.supplier_id::text as "supplierId", o.status::text,
        o.status_changed_at as "statusChangedAt",
        array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds"
      from orders o where o.id = any(${orderIds}::uuid[])`;
    return new Map(
      rows.map(({ id, status, statusChangedAt, ...of }) => [
        id,
        { status, statusChangedAt, afterMs: stalledAfterMs(after, of) },
      ]),
    );
  },
  judge: judgeStall,
});
