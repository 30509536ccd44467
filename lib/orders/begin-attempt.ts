import type { OrdersContext } from "./context.ts";
import { type Claim, lockHeld } from "./store.ts";
import { writeTimeline } from "./write-timeline.ts";

/** A send takes 30 s at the most; a lease with less left could be taken over while it is under way. */
const MARGIN_SECONDS = 32;

export type Begun =
  | { kind: "begun"; attemptId: string }
  /** A process died between sending and writing the answer down: what became of that is unknown. */
  | { kind: "left_open"; attemptId: string }
  | { kind: "lease_lost" };

/**
 * Commits the row that says "this is about to be sent". Without it nothing may leave for the supplier;
 * the database allows one at a time, so two processes can never send for one order at once.
 */
export async function beginAttempt(
  ctx: OrdersContext,
  claim: Claim,
  kind: "create" | "pay",
): Promise<Begun> {
  return ctx.db.$transaction(async (tx) => {
    const { orderId } = claim;
    if (!(await lockHeld(tx, claim, MARGIN_SECONDS))) return { kind: "lease_lost" };
    const open = await tx.orderAttempt.findFirst({ where: { orderId, finishedAt: null } });
    if (open) return { kind: "left_open", attemptId: open.id };
    const attemptId = ctx.newId();
    const startedAt = ctx.now();
    await tx.orderAttempt.create({ data: { id: attemptId, orderId, kind, startedAt } });
    await writeTimeline(tx, ctx, orderId, [{ kind: `${kind}_sent`, data: {} }], startedAt);
    return { kind: "begun", attemptId };
  });
}
