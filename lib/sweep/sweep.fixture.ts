/** Paid orders at the simulator, over real HTTP, at an account whose list is swept; time is moved by hand. */
import type { OrdersContext } from "#lib/orders/context.ts";
import { whole } from "#lib/orders/orders.fixture.ts";
import { openSupplier } from "#lib/orders/simulated.fixture.ts";
import type { Db } from "#lib/platform/db.ts";
import { createPaceBook } from "#lib/polling/pace-book.ts";
import { sweepAccounts } from "./sweep-accounts.ts";

type Options = Parameters<typeof openSupplier>[1];

export async function openSwept(db: Db, options: Options = {}) {
  const supplier = await openSupplier(db, {
    timing: {
      paidMs: { minMs: 1_000, maxMs: 1_000 },
      completeMs: { minMs: 60_000, maxMs: 60_000 },
    },
    ...options,
  });
  const { ctx } = supplier;
  ctx.paces = createPaceBook();
  const supplierId = ctx.account.id;
  const planned = { mode: "sweep", reason: "sweep_is_cheaper", sweepEveryMs: 4_500 };
  await db.pollingPlan.create({ data: { supplierId, ...planned, nextSweepAt: new Date(0) } });
  /** Requests before the last orders were paid. */
  let before = 0;
  const plan = () => db.pollingPlan.findUniqueOrThrow({ where: { supplierId } });

  return {
    ...supplier,
    supplierId,
    plan,
    /** Orders that are paid, a second before they are processing. */
    async paid(count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let made = 0; made < count; made += 1) {
        const id = await supplier.place("test-plain-codes");
        await supplier.work(id);
        await supplier.work(id);
        ids.push(id);
      }
      await db.order.updateMany({ where: { id: { in: ids } }, data: { looks: 0 } });
      before = (await supplier.requests()).length;
      return ids;
    },
    /** Somebody else's, on the same list. */
    async foreign(count: number): Promise<void> {
      for (let made = 0; made < count; made += 1) {
        const items = [{ product: "test-plain-codes" }];
        await supplier.control("POST", "/orders", { items, pay: true });
      }
    },
    /** The next sweep, as though it had become due. */
    async sweep(by: OrdersContext = ctx) {
      await db.$executeRaw`
        update polling_plans set next_sweep_at = now() - interval '1 second'
        where supplier_id = ${supplierId}::uuid and mode = 'sweep'`;
      await sweepAccounts(by);
      return plan();
    },
    orders: (ids: string[]) => Promise.all(ids.map((id) => whole(db, id))),
    /** Since the last orders were paid. */
    count: async (request: string) =>
      (await supplier.requests()).slice(before).filter((one) => one === request).length,
  };
}
