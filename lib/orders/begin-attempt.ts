import { isAdmitted } from "#lib/placement/gates.ts";
import type { Tx } from "#lib/platform/db.ts";
import { type Claim, lockHeld } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import { fingerprintOfOrder } from "./order-basket.ts";
import { readState } from "./store.ts";
import { writeTimeline } from "./write-timeline.ts";

export type Begun =
  | { kind: "begun"; attemptId: string }
  /** A process died between sending and writing the answer down: what became of that is unknown. */
  | { kind: "left_open"; attemptId: string }
  /** The order was sent before, nobody knows with what effect, and creating may cost. */
  | { kind: "unclear" }
  /** An order for the same goods has to be cleared up first. */
  | { kind: "frozen" }
  | { kind: "lease_lost" };

/**
 * Commits the row that says "this is about to be sent": the permit for one send. Without it nothing may
 * leave for the supplier; the database allows one at a time, so two processes can never send for one
 * order at once. For a create the basket's gate has to be open, and stays so until this has committed.
 */
export async function beginAttempt(
  ctx: OrdersContext,
  claim: Claim,
  kind: "create" | "pay",
): Promise<Begun> {
  return ctx.db.$transaction(async (tx) => {
    const { orderId } = claim;
    if (!(await lockHeld(tx, claim))) return { kind: "lease_lost" };
    const open = await tx.orderAttempt.findFirst({ where: { orderId, finishedAt: null } });
    if (open) return { kind: "left_open", attemptId: open.id };
    const hindrance = kind === "create" ? await hindranceOf(tx, ctx, orderId) : null;
    if (hindrance) return { kind: hindrance };
    const attemptId = ctx.newId();
    const startedAt = ctx.now();
    await tx.orderAttempt.create({ data: { id: attemptId, orderId, kind, startedAt } });
    await writeTimeline(tx, ctx, orderId, [{ kind: `${kind}_sent`, data: {} }], startedAt);
    await ctx.reach?.(`${kind}_permit_written`);
    return { kind: "begun", attemptId };
  });
}

/**
 * Where creating is free, nothing stands in the way of making an order again; nor where it is guarded and
 * has begun: what counting there waits for is its outcome.
 */
async function hindranceOf(
  tx: Tx,
  ctx: OrdersContext,
  orderId: string,
): Promise<"unclear" | "frozen" | null> {
  const state = await readState(tx, ctx, orderId);
  if (!state || state.mode === "create_is_free") return null;
  if (state.unclearCreates > 0) return state.mode === "create_is_guarded" ? null : "unclear";
  const { supplierId } = state;
  const fingerprint = state.fingerprint ?? (await fingerprintOfOrder(tx, orderId));
  return (await isAdmitted(tx, { supplierId, fingerprint })) ? null : "frozen";
}
