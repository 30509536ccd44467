import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { recordWithin } from "#lib/orders/record-observations.ts";
import { writeTimeline } from "#lib/orders/write-timeline.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import { notify } from "#lib/platform/notify.ts";
import { type Audit, type Deciding, type DecisionInput, decideOnOrder } from "./decide-on-order.ts";
import { maySendAgain } from "./may-send-again.ts";
import type { DecisionResult } from "./types.ts";

/**
 * A person says that what was sent made no order: it is sent again. Only once nothing late can land and
 * no candidate is left; above the account's line a second person has to say so too. Throws as
 * `decideOnOrder` does, and `conflict` where it is too early to say so.
 */
export async function declareNotCreated(
  ctx: OrdersContext,
  actor: Actor,
  input: DecisionInput,
  request: RequestFacts,
): Promise<DecisionResult> {
  return decideOnOrder(ctx, actor, input, request, { needsList: true }, async (tx, deciding) => {
    const { orderId, doubt, reason, status } = deciding;
    if (status !== "unconfirmed" || !maySendAgain(doubt, ctx.now())) {
      throw new KeyholdError("conflict", `order ${orderId} can't be declared as not created`);
    }
    if (await isSecondPersonMissing(tx, actor, deciding)) {
      await propose(tx, ctx, actor, deciding);
      return { result: { kind: "proposed" }, audit: { action: "order.not-created-proposed" } };
    }
    const proposal = await tx.orderProposal.findUnique({ where: { orderId } });
    await recordWithin(tx, ctx, [
      {
        orderId,
        source: "person",
        answer: { kind: "not_created" },
        attemptId: null,
        leaseToken: null,
        decidedBy: { actor: actor.name, reason },
      },
    ]);
    await tx.orderProposal.deleteMany({ where: { orderId } });
    const details: Audit["details"] = proposal ? { proposedBy: proposal.actorName } : {};
    return { result: { kind: "done" }, audit: { action: "order.not-created", details } };
  });
}

async function isSecondPersonMissing(
  tx: Tx,
  actor: Actor,
  { orderId, supplierId }: Deciding,
): Promise<boolean> {
  const order = await tx.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { agreedTotal: true, isMock: true, proposal: { select: { actorId: true } } },
  });
  const { secondPersonAbove } = await tx.supplier.findUniqueOrThrow({
    where: { id: supplierId },
    select: { secondPersonAbove: true },
  });
  if (secondPersonAbove === null || order.isMock || actor.kind !== "user") return false;
  if (compareAmounts(order.agreedTotal.toFixed(), secondPersonAbove.toFixed()) <= 0) return false;
  return order.proposal === null || order.proposal.actorId === actor.id;
}

async function propose(
  tx: Tx,
  ctx: OrdersContext,
  actor: Actor,
  { orderId, reason }: Deciding,
): Promise<void> {
  if (actor.kind !== "user") return;
  const data = { reason, actorId: actor.id, actorName: actor.name, at: ctx.now() };
  await tx.orderProposal.upsert({ where: { orderId }, create: { orderId, ...data }, update: data });
  const entry = { kind: "not_placed_proposed", data: { reason }, actor: actor.name } as const;
  await writeTimeline(tx, ctx, orderId, [entry], ctx.now());
  await notify(tx, [`order:${orderId}`]);
}
