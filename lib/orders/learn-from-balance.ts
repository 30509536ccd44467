import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { learnCapability, readCapabilities } from "#lib/placement/capabilities.ts";
import { compareAmounts, subtract } from "#lib/platform/money.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { SupplierBalance } from "#lib/suppliers/port.ts";
import type { Order } from "#prisma/generated/client.ts";
import type { OrdersContext } from "./context.ts";

/** Orders that were created without cost and then paid, before creating counts as free. */
const ENOUGH = 3;

type Watched = Pick<Order, "id" | "supplierId" | "currency" | "isMock" | "agreedTotal">;

/**
 * While nobody knows whether creating an order costs money, the balance is asked before and after a
 * create and a payment: this is the amount before. Null where there is nothing to find out (it costs where
 * no payment follows), or no answer.
 */
export async function balanceBefore(
  ctx: OrdersContext,
  account: SupplierAccount,
  order: Watched,
): Promise<string | null> {
  if (order.isMock || account.supplier.traits.payStep === "none") return null;
  const { create_is_free: known } = await readCapabilities(ctx, order.supplierId);
  if (known !== undefined) return null;
  return availableIn(order.currency, await sampleBalance(ctx, account, "purchase"));
}

/**
 * Compares it with the balance after the create or payment. Tells nothing where anything else was under
 * way, or the balance has grown: somebody topped it up.
 */
export async function noteBalanceAfter(
  ctx: OrdersContext,
  account: SupplierAccount,
  order: Watched,
  kind: "create" | "pay",
  before: string,
  since: Date,
): Promise<void> {
  const attempt = await ctx.db.orderAttempt.findFirst({
    where: { orderId: order.id, kind, outcome: "accepted" },
    orderBy: { startedAt: "desc" },
    select: { id: true },
  });
  if (!attempt) return;
  const after = availableIn(order.currency, await sampleBalance(ctx, account, "purchase"));
  if (after === null || (await isAnythingElseUnderWay(ctx, order, kind, since))) return;
  const spent = subtract(before, after);
  const sign = compareAmounts(spent, "0");
  if (sign < 0) return;
  const balanceMoved = sign > 0;
  await ctx.db.orderAttempt.update({ where: { id: attempt.id }, data: { balanceMoved } });
  if (kind === "create" && compareAmounts(spent, order.agreedTotal.toFixed()) === 0) {
    await learnCapability(ctx, order.supplierId, "create_is_free", false, "answers");
  }
}

/**
 * Draws the conclusion, once enough orders left the balance alone when they were created and lowered it
 * when they were paid: one that never moves tells nothing.
 */
export async function concludeFromPayments(ctx: OrdersContext, supplierId: string): Promise<void> {
  const { create_is_free: known } = await readCapabilities(ctx, supplierId);
  if (known !== undefined) return;
  const free = await ctx.db.order.count({
    where: {
      supplierId,
      isMock: false,
      AND: [
        { attempts: { some: { kind: "create", outcome: "accepted", balanceMoved: false } } },
        { attempts: { some: { kind: "pay", outcome: "accepted", balanceMoved: true } } },
      ],
    },
  });
  if (free < ENOUGH) return;
  ctx.log.info({ supplierId, orders: free }, "creating an order turned out to be free");
  // Not over what another process has found out meanwhile.
  await ctx.db.supplierCapability.createMany({
    data: [
      {
        supplierId,
        name: "create_is_free",
        value: true,
        learntFrom: "answers",
        learntAt: ctx.now(),
      },
    ],
    skipDuplicates: true,
  });
}

const availableIn = (currency: string, balances: SupplierBalance[] | null): string | null =>
  balances?.find((balance) => balance.currency === currency)?.available ?? null;

/** This order is being paid already, or another one moved meanwhile: the balance tells of that too. */
async function isAnythingElseUnderWay(
  { db }: OrdersContext,
  { id, supplierId }: Watched,
  kind: "create" | "pay",
  since: Date,
): Promise<boolean> {
  const payments = await db.orderAttempt.count({ where: { orderId: id, kind: "pay" } });
  if (kind === "create" && payments > 0) return true;
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
