import { beginAttempt } from "./begin-attempt.ts";
import type { OrdersContext } from "./context.ts";
import { lookAtOrder } from "./look-at-order.ts";
import { type PastPayment, paymentStep } from "./payment-step.ts";
import { recordObservations } from "./record-observations.ts";
import { type Claim, release } from "./store.ts";

/**
 * Pays an order that the supplier holds unpaid. Money moves only for the id that is already stored as
 * this order's own, and after an unclear or refused payment only once a new look finds it unpaid.
 * Needs a claim on an order in `awaiting_payment`.
 */
export async function payOrder(ctx: OrdersContext, claim: Claim): Promise<void> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    include: {
      attempts: { where: { kind: "pay" }, orderBy: { startedAt: "desc" }, take: 1 },
      signals: { where: { key: "unknown_word", clearedAt: null } },
    },
  });
  const { supplierOrderId } = order;
  const account = ctx.suppliers.byId(order.supplierId);
  if (!account || !supplierOrderId) return release(ctx, claim, NOT_CONNECTED_WAIT_MS);

  const last: PastPayment | null = order.attempts[0] ?? null;
  const doubtful = order.signals.length > 0;
  switch (paymentStep(last, doubtful, ctx.now())) {
    case "look":
      await lookAtOrder(ctx, claim);
      return;
    case "look_then_pay":
      if ((await lookAtOrder(ctx, claim, { keepClaim: true })) !== "unpaid") return;
      break;
    case "pay":
      break;
  }

  const silentMs = await ctx.suppliers.silentForMs(ctx, account);
  if (silentMs > 0) return release(ctx, claim, silentMs);
  const begun = await beginAttempt(ctx, claim, "pay");
  if (begun.kind === "lease_lost") return;
  const outcome =
    begun.kind === "left_open"
      ? ({ kind: "unknown", reason: CRASHED, httpStatus: null } as const)
      : await ctx.suppliers.call(ctx, account, "write", "pay", (supplier) =>
          supplier.payOrder(supplierOrderId),
        );
  const answer =
    outcome.kind !== "accepted"
      ? outcome
      : outcome.value
        ? ({ kind: "order", order: outcome.value } as const)
        : ({ kind: "accepted" } as const);
  await recordObservations(ctx, [
    {
      orderId: claim.orderId,
      source: "pay",
      answer,
      attemptId: begun.attemptId,
      leaseToken: claim.leaseToken,
    },
  ]);
}

const NOT_CONNECTED_WAIT_MS = 30_000;
const CRASHED = "The process ended while the payment was being sent.";
