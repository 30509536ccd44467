import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { Outcome, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { type Begun, beginAttempt } from "./begin-attempt.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { silenceWaitMs } from "./poll-schedule.ts";
import { isUniqueViolation, recordAnswer } from "./record-answer.ts";
import { type Claim, release } from "./store.ts";

const CRASHED = "The process ended while this was being sent.";
const NOT_OURS =
  "The supplier answered with a supplier order that belongs to another order here already:";

/**
 * Sends something that may cost money, once, and records what came back. The attempt is committed
 * when the call's turn has come, right before the first byte: from then on a process that dies leaves
 * a trace, and nobody sends again on a guess. A process that is told to stop begins none any more.
 */
export async function sendAttempt(
  ctx: OrdersContext,
  claim: Claim,
  account: SupplierAccount,
  kind: "create" | "pay",
  send: (supplier: Supplier) => Promise<Outcome<SupplierOrder | null>>,
): Promise<void> {
  const turn: { begun?: Begun } = {};
  const outcome = await ctx.suppliers.call(ctx, account, "write", kind, send, async () => {
    if (ctx.stop?.aborted) return false;
    turn.begun = await beginAttempt(ctx, claim, kind);
    return turn.begun.kind === "begun";
  });
  if (!turn.begun && ctx.stop?.aborted) return release(ctx, claim, 0);
  if (!turn.begun) {
    const silentMs = outcome.kind === "not_called" ? outcome.silentMs : 0;
    return release(ctx, claim, silenceWaitMs(silentMs, ctx.random()));
  }
  if (turn.begun.kind === "lease_lost") return release(ctx, claim, 0);

  const { orderId, leaseToken } = claim;
  const { attemptId } = turn.begun;
  const record = (answer: Observation["answer"]) =>
    recordAnswer(ctx, { orderId, source: kind, answer, attemptId, leaseToken });
  const answer = answerOf(outcome);
  try {
    await record(answer);
  } catch (error) {
    // Last resort: what can't be stored is at least said.
    const supplierOrderId = answer.kind === "order" ? answer.order.supplierOrderId : null;
    ctx.log.error(
      { err: error, orderId, kind, supplierOrderId },
      "an answer could not be recorded",
    );
    if (!isUniqueViolation(error)) throw error;
    const reason = `${NOT_OURS} ${supplierOrderId}.`;
    await record({ kind: "unknown", reason, httpStatus: null });
  }
}

function answerOf(
  outcome: Outcome<SupplierOrder | null> | { kind: "not_called" },
): Observation["answer"] {
  switch (outcome.kind) {
    case "accepted":
      return outcome.value ? { kind: "order", order: outcome.value } : { kind: "accepted" };
    case "refused":
    case "unknown":
      return outcome;
    // The attempt was left open by a process that is gone.
    case "not_called":
      return { kind: "unknown", reason: CRASHED, httpStatus: null };
  }
}
