import { type IncomingCodes, type StoredCodes, storeAllCodes } from "#lib/codes/store-codes.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { announceOrders, EVENT_OF, type OrderNews } from "./announce-orders.ts";
import type { OrdersContext } from "./context.ts";
import { type Decided, decideAll } from "./decide-all.ts";
import type { Decision, Facts } from "./decision.ts";
import { fallBack } from "./fall-back.ts";
import { keepPaymentPages } from "./keep-payment-pages.ts";
import type { Observation, Recorded } from "./observation.ts";
import { clearSignals, openSignals, type SignalRow } from "./open-signals.ts";
import type { RecordContext } from "./record-context.ts";
import { applyToOrders, lockOrders } from "./store.ts";
import type { TimelineKind } from "./timeline.ts";
import { type NewEntry, writeTimelines } from "./write-timeline.ts";

/**
 * The one writer of order state. Whatever is learnt about orders comes through here and is committed
 * in one transaction: status, items, sealed codes, signals, timeline, events and the next look. Observations
 * may come twice, late or out of order; recording moves forward only. The number of statements hardly
 * grows with the number of orders: some dozens at a time are cheapest.
 */
export async function recordObservations(
  ctx: OrdersContext,
  observations: Observation[],
): Promise<Recorded[]> {
  await ctx.reach?.("record_begun");
  const sealable = await readyToSeal(ctx, observations);
  const recorded = await ctx.db.$transaction(async (tx) => {
    const within = await recordWithin(tx, ctx, sealable);
    await ctx.reach?.("record_written");
    return within;
  }, PATIENT);
  await ctx.reach?.("record_committed");
  return recorded;
}

/**
 * Waits for the key, only for what is sealed: a process that lacks it writes down everything else all the same. Codes
 * are not recorded without it; an order is without its payment page, or nobody would know that it was made.
 */
async function readyToSeal(
  { sealer, log }: Pick<RecordContext, "sealer" | "log">,
  observations: Observation[],
): Promise<Observation[]> {
  const bring = (what: (order: SupplierOrder) => boolean) =>
    observations.filter(({ answer }) => answer.kind === "order" && what(answer.order));
  const codes = bring(({ items }) => items.some(({ codes }) => codes.length > 0));
  const pages = bring(({ paymentUrl }) => paymentUrl !== null);
  if (codes.length + pages.length === 0) return observations;
  try {
    await sealer.ready();
    return observations;
  } catch (error) {
    if (codes.length > 0) throw error;
    const orderIds = pages.map(({ orderId }) => orderId);
    log.error({ err: error, orderIds }, "payment pages can't be sealed, and are not kept");
    return observations.map(withoutPage);
  }
}

const withoutPage = (observation: Observation): Observation =>
  observation.answer.kind === "order"
    ? {
        ...observation,
        answer: { kind: "order", order: { ...observation.answer.order, paymentUrl: null } },
      }
    : observation;

/** As `recordObservations`, within a transaction of the caller's that has something else to commit with it. */
export async function recordWithin(
  tx: Tx,
  ctx: RecordContext,
  given: Observation[],
): Promise<Recorded[]> {
  // Hardly ever waits: whoever could, asked before the transaction.
  const observations = await readyToSeal(ctx, given);
  const orderIds = [...new Set(observations.map(({ orderId }) => orderId))];
  await lockOrders(tx, orderIds);
  const recorded: Recorded[] = [];
  for (const round of rounds(observations)) recorded.push(...(await recordRound(tx, ctx, round)));
  await notify(
    tx,
    [...new Set(recorded.map(({ orderId }) => orderId))].map((id) => `order:${id}` as const),
  );
  return recorded;
}

/** What is learnt twice of one order is recorded one after the other; the rest together. */
function rounds(observations: Observation[]): Observation[][] {
  const all: Observation[][] = [];
  const times = new Map<string, number>();
  for (const observation of observations) {
    const time = times.get(observation.orderId) ?? 0;
    times.set(observation.orderId, time + 1);
    all[time] = [...(all[time] ?? []), observation];
  }
  return all;
}

async function recordRound(
  tx: Tx,
  ctx: RecordContext,
  observations: Observation[],
): Promise<Recorded[]> {
  const now = ctx.now();
  const { decided, settled } = await decideAll(tx, ctx, observations, now);
  const stored = await storeAllCodes(tx, ctx, decided.flatMap(incomingCodes));
  for (const one of decided) noteCodes(one, stored.get(one.state.id));
  await writeItemErrors(tx, decided);
  await keepPaymentPages(tx, ctx, decided, now);
  await ctx.reach?.("record_codes_stored");
  await applyToOrders(
    tx,
    decided.map(({ state, decision, observation }) => ({
      state,
      decision,
      leaseToken: observation.leaseToken,
      keepsLease: observation.keepsLease ?? false,
    })),
    now,
  );
  for (const { state, decision } of decided) {
    if (decision.chargedUnpaid) await fallBack(tx, ctx, state, decision.chargedUnpaid.word);
  }
  await writeNews(tx, ctx, decided, stored, now);
  const recorded = decided.map(
    ({ state, decision, observation }): Recorded => ({
      orderId: state.id,
      status: decision.status ?? state.status,
      moved: decision.status !== undefined && decision.status !== state.status,
      keptLease:
        observation.keepsLease === true &&
        decision.nextInMs === 0 &&
        state.leaseToken !== null &&
        state.leaseToken === observation.leaseToken,
    }),
  );
  return [...recorded, ...settled];
}

function incomingCodes({ state, decision }: Decided): IncomingCodes[] {
  const { codes, withhold } = decision;
  if (codes.length === 0 && !withhold) return [];
  return [
    {
      orderId: state.id,
      withheld: withhold,
      bare: new Set(
        state.items.filter(({ storedPlaces }) => storedPlaces.length === 0).map(({ id }) => id),
      ),
      codes: codes.flatMap(({ itemId, observed }) =>
        observed.codes.map(({ position, value, raw }) => ({ itemId, position, value, raw })),
      ),
    },
  ];
}

function noteCodes({ decision }: Decided, stored: StoredCodes | undefined): void {
  if (!stored) return;
  const { changed, repeated } = stored;
  if (changed.length > 0) {
    decision.open.push({ key: "code_changed", data: { places: changed.length, ...changed[0] } });
  }
  if (repeated) decision.open.push({ key: "code_repeated", data: repeated });
}

async function writeItemErrors(tx: Tx, decided: Decided[]): Promise<void> {
  const errors = decided.flatMap(({ decision }) => decision.itemErrors);
  if (errors.length === 0) return;
  await tx.$executeRaw`
    update order_items i set error = r.error
    from unnest(${errors.map(({ itemId }) => itemId)}::uuid[], ${errors.map(({ error }) => error)}::text[]) r(id, error)
    where i.id = r.id`;
}

/** Signals opened and cleared; the timeline and the events, which tell of them too. */
async function writeNews(
  tx: Tx,
  ctx: RecordContext,
  decided: Decided[],
  stored: Map<string, StoredCodes>,
  now: Date,
): Promise<void> {
  const toOpen = decided.flatMap(({ state, decision }) =>
    decision.open.map((signal) => ({ orderId: state.id, ...signal })),
  );
  const toClear = decided.flatMap(({ state, decision }) =>
    decision.clear
      .filter((key) => state.openSignals.includes(key))
      .map((key) => ({ orderId: state.id, key })),
  );
  const opened = byOrder(await openSignals(tx, ctx, toOpen, now));
  const cleared = byOrder(await clearSignals(tx, toClear, now));
  const appended = decided.map(({ state, decision }) => {
    const count = stored.get(state.id)?.stored ?? 0;
    const entries: NewEntry[] = [
      ...decision.timeline,
      ...(count > 0 ? [entry("codes_stored", { count })] : []),
      ...(cleared.get(state.id) ?? []).map((signal) => entry("signal_cleared", { signal })),
      ...(opened.get(state.id) ?? []).map((signal) => entry("signal_opened", { signal })),
    ];
    return { orderId: state.id, entries, last: state.lastEntry };
  });
  await writeTimelines(tx, ctx, appended, now);
  await announceOrders(tx, ctx, decided.flatMap(orderNews), now);
}

/** What the order has come to, where anybody waits to hear of that. */
function orderNews({ state, decision }: Decided): OrderNews[] {
  const { status } = decision;
  if (status === undefined || status === state.status) return [];
  const type = EVENT_OF[status];
  return type ? [{ orderId: state.id, type, data: { reason: reasonOf(decision) } }] : [];
}

function reasonOf({ status, seen, rejection, open }: Decision): string | null {
  switch (status) {
    case "rejected":
      // A person's own words are for the console.
      return rejection?.class === "given_up" ? "given up" : (rejection?.detail ?? null);
    case "unconfirmed":
      return String(open.find(({ key }) => key === "unconfirmed")?.data.reason ?? "") || null;
    default:
      return seen?.cancelReason || null;
  }
}

const entry = (kind: TimelineKind, data: Facts): NewEntry => ({ kind, data });

function byOrder(signals: SignalRow[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { orderId, key } of signals) all.set(orderId, [...(all.get(orderId) ?? []), key]);
  return all;
}
