import { type IncomingCode, storeCodes } from "#lib/codes/store-codes.ts";
import { freezeGate, wakeGate } from "#lib/placement/gates.ts";
import { attributeToOrder } from "#lib/placement/mirror.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify, type Topic } from "#lib/platform/notify.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { closeAttempt, resolveCreates, reviseAttempt } from "./close-attempt.ts";
import type { OrdersContext } from "./context.ts";
import { decide } from "./decide.ts";
import type { Decision, Facts } from "./decision.ts";
import { fallBack } from "./fall-back.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { fingerprintOfOrder } from "./order-basket.ts";
import type { RecordContext } from "./record-context.ts";
import { isExtra, recordExtra } from "./record-extra.ts";
import type { SignalKey } from "./signals.ts";
import {
  applyToOrder,
  clearSignals,
  type LockedOrder,
  lockOrder,
  openSignal,
  readState,
  release,
} from "./store.ts";
import type { TimelineKind } from "./timeline.ts";
import { writeTimeline } from "./write-timeline.ts";

export type Recorded = { orderId: string; status: OrderStatus };

/**
 * The one writer of order state. Whatever is learnt about orders comes through here and is committed
 * in one transaction: status, items, sealed codes, signals, timeline and the next look. Observations
 * may come twice, late or out of order; recording moves forward only.
 */
export async function recordObservations(
  ctx: OrdersContext,
  observations: Observation[],
): Promise<Recorded[]> {
  await ctx.reach?.("record_begun");
  const recorded = await ctx.db.$transaction(async (tx) => {
    const within = await recordWithin(tx, ctx, observations);
    await ctx.reach?.("record_written");
    return within;
  }, PATIENT);
  await ctx.reach?.("record_committed");
  return recorded;
}

/** As `recordObservations`, within a transaction of the caller's that has something else to commit with it. */
export async function recordWithin(
  tx: Tx,
  ctx: RecordContext,
  observations: Observation[],
): Promise<Recorded[]> {
  // Always locked in the same order, so that two batches can't wait for each other.
  const ordered = observations.toSorted((left, right) =>
    left.orderId < right.orderId ? -1 : left.orderId > right.orderId ? 1 : 0,
  );
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
}

async function recordOne(
  tx: Tx,
  ctx: RecordContext,
  observation: Observation,
): Promise<OrderStatus | null> {
  const { orderId } = observation;
  await lockOrder(tx, orderId);
  const now = ctx.now();
  const closed = await closeAttempt(tx, observation, now);
  const state = await readState(tx, orderId);
  if (!state) return null;
  if (closed === "answered_before") {
    await release({ db: tx }, observation, 0);
    return state.status;
  }
  if (await isExtra(tx, state, observation, closed)) {
    await recordExtra(tx, ctx, state, observation, closed, now);
    return state.status;
  }
  if (closed === "resolved" && observation.attemptId) {
    await reviseAttempt(tx, observation.attemptId, "accepted");
  }
  refuseStranger(state.supplierOrderId, observation);
  const decision = decide(state, observation, now, ctx.random());
  if (decision.resolve) await resolveCreates(tx, orderId, decision.resolve, now);
  if (decision.gate) await moveGate(tx, ctx, state, decision.gate);
  // What one person said of the last round is not half of a decision on the next.
  if (state.status === "unconfirmed" && decision.status) {
    await tx.orderProposal.deleteMany({ where: { orderId } });
  }
  if (decision.seen) await recordOwner(tx, ctx, state, decision.seen, observation);
  const stored = await storeCodes(tx, ctx, orderId, incomingCodes(decision), decision.withhold);
  if (stored.changed.length > 0) {
    const place = stored.changed[0];
    decision.open.push({ key: "code_changed", data: { places: stored.changed.length, ...place } });
  }
  if (stored.repeated) decision.open.push({ key: "code_repeated", data: stored.repeated });
  for (const { itemId, error } of decision.itemErrors) {
    await tx.orderItem.update({ where: { id: itemId }, data: { error } });
  }
  await ctx.reach?.("record_codes_stored");
  await applyToOrder(tx, orderId, state, decision, observation.leaseToken, now);
  if (decision.chargedUnpaid) await fallBack(tx, ctx, state, decision.chargedUnpaid.word);
  const signals = await applySignals(tx, ctx, state, decision, now);
  const entries = [
    ...decision.timeline,
    ...(stored.stored > 0 ? [entry("codes_stored", { count: stored.stored })] : []),
    ...signals,
  ];
  await writeTimeline(tx, ctx, orderId, entries, now);
  return decision.status ?? state.status;
}

/** Gates are locked before supplier orders, as everybody does. */
async function moveGate(
  tx: Tx,
  ctx: RecordContext,
  { id, supplierId, fingerprint }: LockedOrder,
  to: "freeze" | "wake",
): Promise<void> {
  const gate = { supplierId, fingerprint: fingerprint ?? (await fingerprintOfOrder(tx, id)) };
  if (to === "freeze") await freezeGate(tx, ctx, gate);
  else await wakeGate(tx, gate);
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
  state: LockedOrder,
  order: SupplierOrder,
  { source, decidedBy }: Observation,
): Promise<void> {
  if (state.supplierOrderId !== null) return;
  const owner = decidedBy?.actor ?? (source === "list" ? "reconciliation" : "answer");
  await attributeToOrder(tx, ctx, state.supplierId, order, state.id, owner);
}

const entry = (kind: TimelineKind, data: Facts) => ({ kind, data });

function incomingCodes(decision: Decision): IncomingCode[] {
  return decision.codes.flatMap(({ itemId, observed }) =>
    observed.codes.map(({ position, value, raw }) => ({ itemId, position, value, raw })),
  );
}

async function applySignals(
  tx: Tx,
  ctx: RecordContext,
  { id: orderId, openSignals }: LockedOrder,
  decision: Decision,
  now: Date,
) {
  const opened: SignalKey[] = [];
  for (const { key, data } of decision.open) {
    if (await openSignal(tx, ctx, orderId, key, data, now)) opened.push(key);
  }
  const over = decision.clear.filter((key) => openSignals.includes(key));
  const cleared = await clearSignals(tx, orderId, over, now);
  return [
    ...cleared.map((signal) => entry("signal_cleared", { signal })),
    ...opened.map((signal) => entry("signal_opened", { signal })),
  ];
}
