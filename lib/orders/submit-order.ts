import type { Outcome, SupplierOrder } from "#lib/suppliers/port.ts";
import { beginAttempt } from "./begin-attempt.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { recordObservations } from "./record-observations.ts";
import { type Claim, release } from "./store.ts";

const CRASHED = "The process ended while the order was being sent.";

/**
 * Sends a placed order to the supplier, once. An unclear outcome leaves it `unconfirmed`; so does an
 * attempt that a dead process left open. Needs a claim on an order in `submitting`.
 */
export async function submitOrder(ctx: OrdersContext, claim: Claim): Promise<void> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { id: claim.orderId },
    include: { items: { orderBy: { position: "asc" } } },
  });
  const account = ctx.suppliers.byId(order.supplierId);
  const silentMs = account ? await ctx.suppliers.silentForMs(ctx, account) : NOT_CONNECTED_WAIT_MS;
  if (!account || silentMs > 0) return release(ctx, claim, silentMs);

  const begun = await beginAttempt(ctx, claim, "create");
  if (begun.kind === "lease_lost") return;
  const observe = (answer: Observation["answer"]) =>
    recordObservations(ctx, [
      {
        orderId: claim.orderId,
        source: "create",
        answer,
        attemptId: begun.attemptId,
        leaseToken: claim.leaseToken,
      },
    ]);
  const unknown = (reason: string) => observe({ kind: "unknown", reason, httpStatus: null });
  if (begun.kind === "left_open") {
    await unknown(CRASHED);
    return;
  }

  const outcome = await ctx.suppliers.call(ctx, account, "write", "create", (supplier) =>
    supplier.createOrder({
      items: order.items.map((item) => ({
        productId: item.externalId,
        quantity: item.quantity,
        note: item.note as Record<string, string | number> | null,
      })),
      isMock: order.isMock,
      totalPrice: order.agreedTotal.toFixed(),
      currency: order.currency,
    }),
  );
  try {
    await observe(answerOf(outcome));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await unknown(
      "The supplier answered with an order that already belongs to another order here.",
    );
  }
}

/** Without a connected supplier the order waits; it is shown as stalled soon enough. */
const NOT_CONNECTED_WAIT_MS = 30_000;

function answerOf(outcome: Outcome<SupplierOrder>): Observation["answer"] {
  return outcome.kind === "accepted" ? { kind: "order", order: outcome.value } : outcome;
}

function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === "P2002";
}
