import { type IncomingCode, storeCodes } from "#lib/codes/store-codes.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify, type Topic } from "#lib/platform/notify.ts";
import type { OrdersContext } from "./context.ts";
import { decide } from "./decide.ts";
import type { Decision, Facts } from "./decision.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import type { SignalKey } from "./signals.ts";
import { applyToOrder, clearSignals, lockState, openSignal, release } from "./store.ts";
import type { TimelineKind } from "./timeline.ts";
import { writeTimeline } from "./write-timeline.ts";

export type Recorded = { orderId: string; status: OrderStatus };

/** Patient: whoever can't get a connection at once still holds an answer that can't be asked for again. */
const TRANSACTION = { maxWait: 10_000, timeout: 20_000 };

/**
 * The one writer of order state. Whatever is learnt about orders comes through here and is committed
 * in one transaction: status, items, sealed codes, signals, timeline and the next look. Observations
 * may come twice, late or out of order; recording moves forward only.
 */
export async function recordObservations(
  ctx: OrdersContext,
  observations: Observation[],
): Promise<Recorded[]> {
  // Always locked in the same order, so that two batches can't wait for each other.
  const ordered = observations.toSorted((left, right) =>
    left.orderId < right.orderId ? -1 : left.orderId > right.orderId ? 1 : 0,
  );
  return ctx.db.$transaction(async (tx) => {
    const recorded: Recorded[] = [];
    const topics: Topic[] = [];
    for (const observation of ordered) {
      const status = await recordOne(tx, ctx, observation);
      if (!status) continue;
      recorded.push({ orderId: observation.orderId, status });
      topics.push(`order:${observation.orderId}`);
    }
    await notify(tx, topics);
    return recorded;
  }, TRANSACTION);
}

async function recordOne(
  tx: Tx,
  ctx: OrdersContext,
  observation: Observation,
): Promise<OrderStatus | null> {
  const { orderId } = observation;
  const state = await lockState(tx, orderId);
  if (!state) return null;
  refuseStranger(state.supplierOrderId, observation);
  const now = ctx.now();
  if (!(await closeAttempt(tx, observation, now))) {
    await release({ db: tx }, observation, 0);
    return state.status;
  }
  const decision = decide(state, observation, now, ctx.random());
  const stored = await storeCodes(tx, ctx, orderId, incomingCodes(decision), decision.withhold);
  if (stored.changed.length > 0) {
    const place = stored.changed[0];
    decision.open.push({ key: "code_changed", data: { places: stored.changed.length, ...place } });
  }
  for (const { itemId, error } of decision.itemErrors) {
    await tx.orderItem.update({ where: { id: itemId }, data: { error } });
  }
  await applyToOrder(tx, orderId, state, decision, observation.leaseToken, now);
  const entries = [
    ...decision.timeline,
    ...(stored.stored > 0 ? [entry("codes_stored", { count: stored.stored })] : []),
    ...(await applySignals(tx, ctx, orderId, decision, now)),
  ];
  await writeTimeline(tx, ctx, orderId, entries, now);
  return decision.status ?? state.status;
}

/** Another order's codes must never end up here. Suppliers may spell their ids in either case. */
function refuseStranger(ours: string | null, { orderId, answer }: Observation): void {
  if (ours === null || answer.kind !== "order") return;
  const theirs = answer.order.supplierOrderId;
  if (ours.toLowerCase() === theirs.toLowerCase()) return;
  throw new Error(`order ${orderId} is supplier order ${ours}, and was answered with ${theirs}`);
}

const entry = (kind: TimelineKind, data: Facts) => ({ kind, data });

function incomingCodes(decision: Decision): IncomingCode[] {
  return decision.codes.flatMap(({ itemId, observed }) =>
    observed.codes.map(({ position, value, raw }) => ({ itemId, position, value, raw })),
  );
}

async function applySignals(
  tx: Tx,
  ctx: OrdersContext,
  orderId: string,
  decision: Decision,
  now: Date,
) {
  const opened: SignalKey[] = [];
  for (const { key, data } of decision.open) {
    if (await openSignal(tx, ctx, orderId, key, data, now)) opened.push(key);
  }
  const cleared = await clearSignals(tx, orderId, decision.clear, now);
  return [
    ...cleared.map((signal) => entry("signal_cleared", { signal })),
    ...opened.map((signal) => entry("signal_opened", { signal })),
  ];
}

/**
 * Writes the answer down with what was sent. An attempt is answered once; only an `unknown` may still
 * give way to what really came back. False: it was answered before, and all of that is recorded.
 */
async function closeAttempt(tx: Tx, observation: Observation, now: Date): Promise<boolean> {
  const { orderId, attemptId, answer } = observation;
  if (!attemptId) return true;
  const outcome = answer.kind === "order" ? "accepted" : answer.kind;
  const refused = answer.kind === "refused" ? answer.refusal : null;
  const detail = refused?.detail ?? (answer.kind === "unknown" ? answer.reason : null);
  const httpStatus = refused?.httpStatus ?? (answer.kind === "unknown" ? answer.httpStatus : null);
  const closed = await tx.orderAttempt.updateMany({
    where: {
      id: attemptId,
      orderId,
      OR: [{ outcome: null }, ...(outcome === "unknown" ? [] : [{ outcome: "unknown" }])],
    },
    data: { outcome, detail, httpStatus, finishedAt: now },
  });
  return closed.count > 0;
}
