import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { Outcome, SendLimits, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { type Begun, beginAttempt } from "./begin-attempt.ts";
import { callFor } from "./call-for.ts";
import { type Claim, release } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation, Recorded } from "./observation.ts";
import { paceFor } from "./pace-for.ts";
import { SEND_WINDOW_MS, silenceWaitMs } from "./poll-schedule.ts";
import { isOwnedByAnother, recordAnswer } from "./record-answer.ts";

const UNCLEAR =
  "An earlier send is unclear, and with this account creating an order may cost money.";
const CRASHED = "The process ended while this was being sent.";
const NOT_OURS =
  "The supplier answered with a supplier order that belongs to another order here already:";

/**
 * Sends something that may cost money, once, and records what came back. The attempt is committed
 * when the call's turn has come, right before the first byte: from then on a process that dies leaves
 * a trace, and nobody sends again on a guess. A process that is told to stop begins none any more.
 * @param goesOn the caller pays the order under the same claim where the answer shows it unpaid
 * @returns what came of recording the answer; null where nothing was sent
 */
export async function sendAttempt(
  ctx: OrdersContext,
  claim: Claim,
  account: SupplierAccount,
  kind: "create" | "pay",
  send: (supplier: Supplier, limits: SendLimits) => Promise<Outcome<SupplierOrder | null>>,
  goesOn = false,
): Promise<Recorded | null> {
  const pace = await paceFor(ctx, claim);
  const turn: { begun?: Begun; notAfter: Date } = { notAfter: ctx.now() };
  const outcome = await callFor(
    ctx,
    claim,
    account,
    { kind: "write", slice: "purchase", what: kind, patienceMs: 5_000 },
    (supplier) => send(supplier, { notAfter: turn.notAfter }),
    async () => {
      if (ctx.stop?.aborted) return false;
      await ctx.reach?.(`${kind}_permit_wanted`);
      turn.notAfter = new Date(ctx.now().getTime() + SEND_WINDOW_MS);
      turn.begun = await beginAttempt(ctx, claim, kind);
      if (turn.begun.kind !== "begun") return false;
      await ctx.reach?.(`${kind}_permit_committed`);
      return true;
    },
  );
  await ctx.reach?.(`${kind}_answered`);
  if (!turn.begun) {
    const silentMs = outcome.kind === "not_called" ? outcome.silentMs : 0;
    await release(ctx, claim, ctx.stop?.aborted ? 0 : silenceWaitMs(silentMs, ctx.random()));
    return null;
  }
  if (turn.begun.kind === "lease_lost") {
    await release(ctx, claim, 0);
    return null;
  }

  const { orderId, leaseToken } = claim;
  const attemptId = "attemptId" in turn.begun ? turn.begun.attemptId : null;
  const firstByteAt = outcome.kind === "not_called" ? null : (outcome.timing?.firstByteAt ?? null);
  const record = (answer: Observation["answer"]) =>
    recordAnswer(ctx, {
      orderId,
      source: kind,
      answer,
      attemptId,
      leaseToken,
      firstByteAt,
      keepsLease: goesOn && !ctx.stop?.aborted,
      ...(pace && { pace }),
    });
  if (turn.begun.kind === "frozen") {
    return record({ kind: "held_back", twin: await twinInDoubt(ctx, orderId) });
  }
  if (turn.begun.kind === "unclear") {
    return record({ kind: "unknown", reason: UNCLEAR, httpStatus: null });
  }
  const answer = answerOf(outcome);
  try {
    return await record(answer);
  } catch (error) {
    // Last resort: what can't be stored is at least said.
    const supplierOrderId = answer.kind === "order" ? answer.order.supplierOrderId : null;
    ctx.log.error(
      { err: error, orderId, kind, supplierOrderId },
      "an answer could not be recorded",
    );
    if (!isOwnedByAnother(error)) throw error;
    const reason = `${NOT_OURS} ${supplierOrderId}.`;
    return record({ kind: "unknown", reason, httpStatus: null });
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

/** The order for the same goods that is in doubt; null where it is a supplier order without an owner. */
async function twinInDoubt({ db }: OrdersContext, orderId: string): Promise<string | null> {
  const { supplierId, fingerprint } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { supplierId: true, fingerprint: true },
  });
  const twin = await db.order.findFirst({
    where: { supplierId, fingerprint, status: "unconfirmed" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return twin?.id ?? null;
}
