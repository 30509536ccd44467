import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { learnCapability, readCapabilities } from "#lib/placement/capabilities.ts";
import { compareAmounts, subtract } from "#lib/platform/money.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { Order } from "#prisma/generated/client.ts";
import type { OrdersContext } from "./context.ts";

/** Orders in a row, each created without a move of the balance and then paid, before creating counts as free. */
const ENOUGH = 3;

type Watched = Pick<Order, "id" | "supplierId" | "currency" | "isMock" | "agreedTotal">;

/**
 * While nobody knows whether creating an order costs money, the balance is asked before and after:
 * this is the amount before. Null where there is nothing to find out, or no answer.
 */
export async function balanceBefore(
  ctx: OrdersContext,
  account: SupplierAccount,
  order: Watched,
): Promise<string | null> {
  if (order.isMock) return null;
  const { create_is_free: known } = await readCapabilities(ctx, order.supplierId);
  if (known !== undefined) return null;
  return (await sampleBalance(ctx, account)) ? newestSample(ctx, order) : null;
}

/** Compares it with the balance after the create. Tells nothing where anything else was under way. */
export async function noteBalanceAfter(
  ctx: OrdersContext,
  account: SupplierAccount,
  order: Watched,
  before: string,
  since: Date,
): Promise<void> {
  const create = await ctx.db.orderAttempt.findFirst({
    where: { orderId: order.id, kind: "create", outcome: "accepted" },
    select: { id: true },
  });
  if (!create || !(await sampleBalance(ctx, account))) return;
  const after = await newestSample(ctx, order);
  if (after === null || (await isAnythingElseUnderWay(ctx, order, since))) return;
  const spent = subtract(before, after);
  const balanceMoved = compareAmounts(spent, "0") > 0;
  await ctx.db.orderAttempt.update({ where: { id: create.id }, data: { balanceMoved } });
  if (compareAmounts(spent, order.agreedTotal.toFixed()) === 0) {
    await learnCapability(ctx, order.supplierId, "create_is_free", false, "answers");
  }
}

/** Draws the conclusion, once enough orders have been created without cost and then paid. */
export async function concludeFromPayments(ctx: OrdersContext, supplierId: string): Promise<void> {
  const { create_is_free: known } = await readCapabilities(ctx, supplierId);
  if (known !== undefined) return;
  const paid = await ctx.db.order.count({
    where: {
      supplierId,
      isMock: false,
      status: { in: ["paid", "processing", "completed", "partial"] },
      AND: [
        { attempts: { some: { kind: "create", outcome: "accepted", balanceMoved: false } } },
        { attempts: { some: { kind: "pay", outcome: "accepted" } } },
      ],
    },
  });
  if (paid < ENOUGH) return;
  ctx.log.info({ supplierId, orders: paid }, "creating an order turned out to be free");
  await learnCapability(ctx, supplierId, "create_is_free", true, "answers");
}

async function newestSample(
  { db }: OrdersContext,
  { supplierId, currency }: Watched,
): Promise<string | null> {
  const sample = await db.balanceSample.findFirst({
    where: { supplierId, currency },
    orderBy: [{ sampledAt: "desc" }, { id: "desc" }],
    select: { available: true },
  });
  return sample?.available.toFixed() ?? null;
}

/** This order is being paid already, or another one moved meanwhile: the balance tells of that too. */
async function isAnythingElseUnderWay(
  { db }: OrdersContext,
  { id, supplierId }: Watched,
  since: Date,
): Promise<boolean> {
  const payments = await db.orderAttempt.count({ where: { orderId: id, kind: "pay" } });
  if (payments > 0) return true;
  const others = await db.order.count({
    where: {
      supplierId,
      id: { not: id },
      isMock: false,
      OR: [
        { statusChangedAt: { gt: since } },
        { attempts: { some: { startedAt: { gt: since } } } },
      ],
    },
  });
  return others > 0;
}
