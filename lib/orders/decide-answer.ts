import type { SupplierOrder, SupplierOrderItem, SupplierOrderState } from "#lib/suppliers/port.ts";
import {
  by,
  type Decision,
  type Facts,
  type ItemState,
  nothing,
  type OrderState,
} from "./decision.ts";
import {
  type ItemProgress,
  isFinished,
  isShort,
  type OrderStatus,
  type Step,
  step,
} from "./lifecycle.ts";
import { matchItems } from "./match-items.ts";
import { nextLookAt } from "./next-look.ts";
import type { Observation } from "./observation.ts";
import { isPaidNow, tookMs } from "./paid-and-done.ts";
import { MISSING_CODES_WATCHED_MS, UNREAD_EVERY_MS } from "./poll-schedule.ts";
import { toldSince } from "./told-since.ts";

type Told = Pick<Observation, "source" | "decidedBy" | "pace" | "event" | "toldAt">;
type Matched = { item: ItemState; observed: SupplierOrderItem | null; progress: ItemProgress };

/** The supplier showed the order itself. */
export function onOrder(
  state: OrderState,
  order: SupplierOrder,
  observation: Told,
  now: Date,
  random: number,
): Decision {
  const { source } = observation;
  const items = matchItems(state.items, order.items).map(({ item, observed }) => ({
    item,
    observed,
    progress: progressOf(item, observed),
  }));
  const progress = items.map((item) => item.progress);
  const moved = step(state.status, order.state, progress);
  const status = statusAfter(state.status, moved);
  const short = progress.some(isShort);
  const withhold = status === "cancelled" || status === "failed" || status === "refunded";

  const decision: Decision = {
    ...nothing(),
    // A stale answer says nothing new of the order itself; codes and errors in it still count.
    ...(moved.kind === "backward" ? {} : { seen: order }),
    ...(status === state.status ? {} : { status }),
    ...(moved.kind === "backward" ? {} : toldSince(state, status, order, observation, now)),
    // What it tells by itself is no look of ours.
    ...(source === "push" ? {} : { look: { error: null } }),
    itemErrors: items.flatMap(errorChange),
    codes: items.flatMap(({ item, observed }) =>
      observed && observed.codes.length > 0 ? [{ itemId: item.id, observed }] : [],
    ),
    withhold,
    timeline: answered(state, order, observation),
    clear: ["lost_at_supplier", "unrecordable"],
    isPaid: isPaidNow(state, status),
    ...tookMs(state, status, source, now),
    ...nextAfterAnswer(state, status, moved, short, observation, now, random),
    ...placed(state, order, source),
  };

  if (status !== state.status) {
    decision.clear.push("stalled", "unconfirmed", "waits_for_twin");
    if (status !== "awaiting_payment") decision.clear.push("payment_expiring");
    if (isFinished(status)) decision.clear.push("slow");
    // Told anew, with what is to be done now.
    if (status === "refunded") decision.clear.push("order_failed", "cancelled_after_payment");
    decision.open.push(...badEnd(state, status, order));
    decision.timeline.push({
      kind: "status_changed",
      data: { from: state.status, to: status, word: order.word, reason: order.cancelReason },
    });
  }
  if (moved.kind === "backward") {
    decision.timeline.push({ kind: "backward_ignored", data: { word: order.word } });
  }
  if (moved.kind === "unknown_word") {
    decision.open.push({ key: "unknown_word", data: { word: order.word } });
  } else {
    decision.clear.push("unknown_word");
  }
  if (status !== "awaiting_payment") decision.clear.push("pay_refused");
  // What a person has dealt with is not said again of the same codes.
  const extra = progress.filter((item) => !item.isService && item.codes > item.quantity);
  const isNew = status !== state.status || items.some(hasNewCodes);
  if (extra.length > 0 && isNew) {
    decision.open.push({ key: "codes_extra", data: countCodes(extra) });
  }
  if (withhold && isNew && items.some(hasCodes)) {
    decision.open.push({ key: "codes_withheld", data: {} });
  }
  if (status === "partial") {
    const failed = progress.filter(({ hasError }) => hasError).length;
    const isNews = status !== state.status || decision.itemErrors.length > 0;
    const data = { failed, ...countCodes(progress) };
    if (failed > 0 && isNews) decision.open.push({ key: "partial", data });
  } else decision.clear.push("partial");
  if (status === "partial" && short) {
    if (isNew) decision.open.push({ key: "codes_short", data: countCodes(progress) });
  } else if (isFinished(status)) {
    decision.clear.push("codes_short");
  }
  return decision;
}

/** An order that the supplier shows exists there whatever its word, and is paid only once seen unpaid. */
function statusAfter(current: OrderStatus, moved: Step): OrderStatus {
  if (moved.kind === "moved") return moved.to;
  const unknownThere = current === "submitting" || current === "unconfirmed";
  return unknownThere ? "awaiting_payment" : current;
}

/** It came to nothing, of which a person has to know; and where money was paid, whether that is back. */
function badEnd(
  { status: was, ways, paidAt, payments, currency, total, items }: OrderState,
  status: OrderStatus,
  { word, cancelReason }: SupplierOrder,
): Decision["open"] {
  const facts = { word, reason: cancelReason || null };
  if (status === "failed") return [{ key: "order_failed", data: { status, ...facts } }];
  if (status === "refunded") {
    const codes = items.reduce((sum, { storedPlaces }) => sum + storedPlaces.length, 0);
    return [{ key: "order_refunded", data: { was, amount: total, currency, codes, ...facts } }];
  }
  if (status !== "cancelled") return [];
  // Without a step of its own the payment comes with the creation, unless it was seen to be awaited.
  const paysAtOnce = ways.payStep === "none" && was !== "awaiting_payment";
  const wasPaid =
    paysAtOnce || paidAt !== null || payments > 0 || was === "paid" || was === "processing";
  if (!wasPaid) {
    return [{ key: "order_failed", data: { status, ...facts } }];
  }
  return [{ key: "cancelled_after_payment", data: { amount: total, currency, ...facts } }];
}

const TAKEN: readonly SupplierOrderState[] = ["paid", "processing", "completed"];

/** What an order that exists there makes of its unclear creates, and of what we think of the account. */
function placed(
  state: OrderState,
  order: SupplierOrder,
  source: Observation["source"],
): Partial<Decision> {
  // Mock orders cost nothing and may run by other rules.
  const isFound = source === "list" || source === "search";
  const isFoundPaid = isFound && state.mode === "create_is_free";
  const isSeen = source === "look" || source === "push";
  const isOurs = source === "create" || isFoundPaid || (isSeen && state.acceptedCreates > 0);
  const paysApart = state.ways.payStep === "separate";
  const unpaid = paysApart && isOurs && state.payments === 0 && !state.isMock;
  // Under one reference whatever another create of it is answered with is this order.
  const isGuarded = state.mode === "create_is_guarded";
  // Told of, or answered by another create, before the one that is under way.
  const isFirst = source === "push" || (source === "create" && isGuarded);
  const isAhead = isFirst && state.inFlight > 0 && (isGuarded || state.acceptedCreates === 0);
  return {
    ...(unpaid && TAKEN.includes(order.state) ? { chargedUnpaid: { word: order.word } } : {}),
    ...(source === "person" || isAhead || state.unclearCreates > 0 || state.status === "unconfirmed"
      ? {
          resolve:
            source === "create" && !isGuarded ? ("superseded" as const) : ("claimed" as const),
          gate: "wake" as const,
        }
      : {}),
  };
}

function answered(
  { status }: OrderState,
  { supplierOrderId, word }: SupplierOrder,
  { source, decidedBy, event = "" }: Told,
): Decision["timeline"] {
  switch (source) {
    case "list":
      return [{ kind: "adopted", data: { supplierOrderId, word } }];
    case "search":
      return [{ kind: "adopted", data: { supplierOrderId, word, by: "reference" } }];
    case "person": {
      const data = { supplierOrderId, word, reason: decidedBy?.reason ?? null };
      return [{ kind: "adopted", data, ...by(decidedBy) }];
    }
    case "create":
      return [{ kind: "create_accepted", data: { supplierOrderId, word } }];
    case "pay":
      return [{ kind: "pay_accepted", data: { word } }];
    case "look":
      return [{ kind: "looked", data: { word } }];
    case "push": {
      const isNew = status === "submitting" || status === "unconfirmed";
      const adopted = { kind: "adopted", data: { supplierOrderId, word, by: "news" } } as const;
      return [{ kind: "told", data: { event, word } }, ...(isNew ? [adopted] : [])];
    }
  }
}

function progressOf(item: ItemState, observed: SupplierOrderItem | null): ItemProgress {
  const { quantity, isService } = item;
  const shown = observed?.codes.map(({ position }) => position) ?? [];
  const codes = new Set([...item.storedPlaces, ...shown]).size;
  // An error that is no longer said is over only where every code has come after all.
  const whole = observed !== null && !isService && codes >= quantity;
  const hasError = Boolean(observed?.error) || (item.error !== null && !whole);
  return { quantity, isService, hasError, codes };
}

function errorChange({ item, observed, progress }: Matched): Decision["itemErrors"] {
  const error = observed?.error ?? (progress.hasError ? item.error : null);
  return error === item.error ? [] : [{ itemId: item.id, error }];
}

const hasNewCodes = ({ item, observed }: Matched): boolean =>
  observed?.codes.some(({ position }) => !item.storedPlaces.includes(position)) ?? false;

const hasCodes = ({ item, observed }: Matched): boolean =>
  item.storedPlaces.length > 0 || (observed?.codes.length ?? 0) > 0;

function countCodes(progress: ItemProgress[]): Facts {
  const codeItems = progress.filter((item) => !item.isService && !item.hasError);
  return {
    got: codeItems.reduce((sum, item) => sum + item.codes, 0),
    expected: codeItems.reduce((sum, item) => sum + item.quantity, 0),
  };
}

function nextAfterAnswer(
  state: OrderState,
  status: OrderStatus,
  moved: Step,
  short: boolean,
  { pace }: Told,
  now: Date,
  random: number,
): Pick<Decision, "nextInMs" | "everyMs"> {
  if (isFinished(status)) {
    const finishedMs = now.getTime() - (state.finishedAt ?? now).getTime();
    const watch = status === "partial" && short && finishedMs < MISSING_CODES_WATCHED_MS;
    if (!watch) return { nextInMs: null };
  }
  // Fresh from its create and seen unpaid, the order is paid right away.
  else if (
    moved.kind === "moved" &&
    status === "awaiting_payment" &&
    state.ways.payStep !== "none"
  ) {
    return { nextInMs: 0 };
  }
  if (!state.ways.readsOrders) return { nextInMs: UNREAD_EVERY_MS };
  const { inMs, everyMs } = nextLookAt(state, status, pace, now, random);
  return { nextInMs: inMs, everyMs };
}
