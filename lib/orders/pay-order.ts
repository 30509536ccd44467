import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import { balanceBefore, concludeFromPayments, noteBalanceAfter } from "./learn-from-balance.ts";
import { lookAtOrder } from "./look-at-order.ts";
import { paymentStep, whyNotPay } from "./payment-step.ts";
import { NOT_CONNECTED_WAIT_MS } from "./poll-schedule.ts";
import { recordObservations } from "./record-observations.ts";
import { sendAttempt } from "./send-attempt.ts";
import type { SignalKey } from "./signals.ts";

const DOUBTS: SignalKey[] = ["unknown_word", "pay_refused"];

/**
 * Pays an order that the supplier holds unpaid, where it has a step for that. Money moves only for the id that is already stored as
 * this order's own, never for more than was agreed, and after an unclear or refused payment only once
 * a new look finds it unpaid. Needs a claim on an order in `awaiting_payment`.
 */
export async function payOrder(ctx: OrdersContext, claim: Claim): Promise<void> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    include: {
      attempts: { where: { kind: "pay" }, orderBy: { startedAt: "desc" } },
      signals: { where: { key: { in: DOUBTS }, clearedAt: null } },
    },
  });
  const { supplierOrderId } = order;
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account || !supplierOrderId) return release(ctx, claim, NOT_CONNECTED_WAIT_MS);

  // Whatever it awaits, it isn't ours to pay.
  if (account.supplier.traits.payStep === "none") {
    await lookAtOrder(ctx, { ...claim, supplierOrderId });
    return;
  }

  // A claim that was kept since the create doesn't know the supplier's order yet.
  const known = { ...claim, supplierOrderId };
  let shown: SupplierOrder | null = null;
  const doubtful = order.signals.length > 0 || order.chargedTotal === null;
  switch (paymentStep(order.attempts, doubtful, ctx.now())) {
    case "look":
      await lookAtOrder(ctx, known, { slice: "purchase" });
      return;
    case "look_then_pay":
      shown = await lookAtOrder(ctx, known, { keepClaim: true, slice: "purchase" });
      if (!shown) return;
      break;
    case "pay":
      break;
  }
  if (await isHeldBack(ctx, claim, shown)) return;
  const before = await balanceBefore(ctx, account, order);
  const since = ctx.now();
  await sendAttempt(ctx, claim, account, "pay", (supplier, limits) =>
    supplier.payOrder(supplierOrderId, limits),
  );
  if (before === null) return;
  await noteBalanceAfter(ctx, account, order, "pay", before, since);
  await concludeFromPayments(ctx, order.supplierId);
}

/** Unpaid, the order costs nothing and runs out by itself; that is better than paying any price. */
async function isHeldBack(
  ctx: OrdersContext,
  claim: Claim,
  shown: SupplierOrder | null,
): Promise<boolean> {
  const { orderId, leaseToken } = claim;
  const { agreedTotal, chargedTotal, currency } = await ctx.db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { agreedTotal: true, chargedTotal: true, currency: true },
  });
  const detail = whyNotPay(agreedTotal.toFixed(), currency, {
    totalPrice: shown?.totalPrice ?? chargedTotal?.toFixed() ?? null,
    currency: shown?.currency ?? null,
    isPriceUnclear: shown?.isPriceUnclear ?? false,
  });
  if (detail === null) return false;
  const refusal = { class: "price_changed", code: null, detail, httpStatus: null } as const;
  const answer = { kind: "refused", refusal } as const;
  await recordObservations(ctx, [{ orderId, source: "pay", answer, attemptId: null, leaseToken }]);
  return true;
}
