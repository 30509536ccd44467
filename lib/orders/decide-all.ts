import { freezeGate, wakeGate } from "#lib/placement/gates.ts";
import { attributeToOrder } from "#lib/placement/mirror.ts";
import type { Tx } from "#lib/platform/db.ts";
import { release } from "./claims.ts";
import { type Closed, closeAttempt, resolveCreates, reviseAttempt } from "./close-attempt.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { Observation, Recorded } from "./observation.ts";
import { fingerprintOfOrder } from "./order-basket.ts";
import type { RecordContext } from "./record-context.ts";
import { isExtra, recordExtra } from "./record-extra.ts";
import { type LockedOrder, readStates } from "./store.ts";

export type Decided = { state: LockedOrder; observation: Observation; decision: Decision };

/**
 * Decides what observations of different, locked orders make of them, and does the part of it that is
 * rare, order by order: what becomes of attempts, gates and the owners of supplier orders. `settled` are
 * those that need nothing more.
 */
export async function decideAll(
  tx: Tx,
  ctx: RecordContext,
  observations: Observation[],
  now: Date,
): Promise<{ decided: Decided[]; settled: Recorded[] }> {
  const closed = new Map<Observation, Closed>();
  for (const observation of observations) {
    closed.set(observation, await closeAttempt(tx, observation, now));
  }
  const states = await readStates(
    tx,
    ctx,
    observations.map(({ orderId }) => orderId),
  );
  const decided: Decided[] = [];
  const settled: Recorded[] = [];
  for (const observation of observations) {
    const state = states.get(observation.orderId);
    if (!state) continue;
    const how = closed.get(observation) ?? "no_attempt";
    if (await isSettled(tx, ctx, state, observation, how, now)) {
      const { id: orderId, status } = state;
      settled.push({ orderId, status, moved: false, keptLease: false });
      continue;
    }
    refuseStranger(state.supplierOrderId, observation);
    decided.push({ state, observation, decision: decide(state, observation, now, ctx.random()) });
  }
  // Gates are locked before supplier orders, as everybody does.
  for (const one of decided) await clearUp(tx, ctx, one, now);
  for (const one of decided) await recordOwner(tx, ctx, one);
  return { decided, settled };
}

/** An answer that was told before, or that brings a supplier order which can't be this order's. */
async function isSettled(
  tx: Tx,
  ctx: RecordContext,
  state: LockedOrder,
  observation: Observation,
  closed: Closed,
  now: Date,
): Promise<boolean> {
  if (closed === "answered_before") {
    await release({ db: tx }, observation, 0);
    return true;
  }
  if (await isExtra(tx, state, observation, closed)) {
    await recordExtra(tx, ctx, state, observation, closed, now);
    return true;
  }
  // Under one reference several creates are answered with the same order; one of them is accepted.
  if (closed === "resolved" && observation.attemptId && state.acceptedCreates === 0) {
    await reviseAttempt(tx, observation.attemptId, "accepted");
  }
  return false;
}

/** What was in doubt and isn't any more, or is from now on. */
async function clearUp(
  tx: Tx,
  ctx: RecordContext,
  { state, decision }: Decided,
  now: Date,
): Promise<void> {
  if (decision.resolve) await resolveCreates(tx, state.id, decision.resolve, now);
  if (decision.gate) {
    const { id, supplierId } = state;
    const fingerprint = state.fingerprint ?? (await fingerprintOfOrder(tx, id));
    const gate = { supplierId, fingerprint };
    if (decision.gate === "freeze") await freezeGate(tx, ctx, gate);
    else await wakeGate(tx, gate);
  }
  // What one person said of the last round is not half of a decision on the next.
  if (state.status === "unconfirmed" && decision.status) {
    await tx.orderProposal.deleteMany({ where: { orderId: state.id } });
  }
}

/** Another order's codes must never end up here. Suppliers may spell their ids in either case. */
function refuseStranger(ours: string | null, { orderId, answer }: Observation): void {
  if (ours === null || answer.kind !== "order") return;
  const theirs = answer.order.supplierOrderId;
  if (ours.toLowerCase() === theirs.toLowerCase()) return;
  throw new Error(`order ${orderId} is supplier order ${ours}, and was answered with ${theirs}`);
}

/** The supplier order is this order's from now on, where it wasn't yet; nobody else can have it. */
async function recordOwner(
  tx: Tx,
  ctx: RecordContext,
  { state, decision, observation }: Decided,
): Promise<void> {
  if (!decision.seen || state.supplierOrderId !== null) return;
  const { source, decidedBy } = observation;
  const isFound = source === "list" || source === "search";
  const owner = decidedBy?.actor ?? (isFound ? "reconciliation" : "answer");
  await attributeToOrder(tx, ctx, state.supplierId, decision.seen, state.id, owner);
}
