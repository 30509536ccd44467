import type { SupplierOrder, SupplierOrderItem } from "#lib/suppliers/port.ts";
import { type Decision, type Facts, type ItemState, nothing, type OrderState } from "./decision.ts";
import { type ItemProgress, isFinished, isShort, type OrderStatus, step } from "./lifecycle.ts";
import { matchItems } from "./match-items.ts";
import type { Observation } from "./observation.ts";
import { MISSING_CODES_WATCHED_MS, nextLookInMs } from "./poll-schedule.ts";

/** The supplier showed the order itself. */
export function onOrder(
  state: OrderState,
  order: SupplierOrder,
  source: Observation["source"],
  now: Date,
  random: number,
): Decision {
  const pairs = matchItems(state.items, order.items);
  const progress = pairs.map(({ item, observed }) => progressOf(item, observed));
  const moved = step(state.status, order.state, progress);
  const status = moved.kind === "moved" ? moved.to : state.status;
  const decision: Decision = { ...nothing(), seen: order, look: { error: null } };

  if (source === "create") {
    decision.timeline.push({
      kind: "create_accepted",
      data: { supplierOrderId: order.supplierOrderId, word: order.word },
    });
  }
  if (source === "pay")
    decision.timeline.push({ kind: "pay_accepted", data: { word: order.word } });
  if (source === "look") decision.timeline.push({ kind: "looked", data: { word: order.word } });

  if (moved.kind === "backward") {
    decision.timeline.push({ kind: "backward_ignored", data: { word: order.word } });
  }
  if (moved.kind === "unknown_word") {
    decision.open.push({ key: "unknown_word", data: { word: order.word } });
    // An accepted create has a supplier order, whatever its word; it is paid only once seen unpaid.
    if (source === "create") decision.status = "awaiting_payment";
  } else {
    decision.clear.push("unknown_word", "lost_at_supplier");
  }
  if (moved.kind === "moved") {
    decision.status = moved.to;
    decision.clear.push("stalled");
    decision.timeline.push({
      kind: "status_changed",
      data: { from: state.status, to: moved.to, word: order.word, reason: order.cancelReason },
    });
  }
  if (status !== "awaiting_payment") decision.clear.push("pay_refused");

  // A stale answer may lack codes or errors that we already have; what it does show still counts.
  for (const { item, observed } of pairs) {
    if (observed?.error && observed.error !== item.error) {
      decision.itemErrors.push({ itemId: item.id, error: observed.error });
    }
    if (observed && observed.codes.length > 0) decision.codes.push({ itemId: item.id, observed });
  }
  decision.withhold = status === "cancelled" || status === "failed";
  if (decision.withhold && decision.codes.length > 0) {
    decision.open.push({ key: "codes_withheld", data: {} });
  }

  const short = progress.some(isShort);
  if (status === "partial" && short) {
    decision.open.push({ key: "codes_short", data: countCodes(progress) });
  } else if (isFinished(status)) {
    decision.clear.push("codes_short");
  }
  decision.nextInMs = nextAfterAnswer(state, decision.status ?? state.status, short, now, random);
  return decision;
}

function progressOf(item: ItemState, observed: SupplierOrderItem | null): ItemProgress {
  return {
    quantity: item.quantity,
    isService: item.isService,
    hasError: Boolean(observed?.error ?? item.error),
    codes: Math.max(item.storedCodes, observed?.codes.length ?? 0),
  };
}

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
  short: boolean,
  now: Date,
  random: number,
): number | null {
  if (isFinished(status)) {
    const finishedMs = now.getTime() - (state.finishedAt ?? now).getTime();
    const watch = status === "partial" && short && finishedMs < MISSING_CODES_WATCHED_MS;
    return watch ? nextLookInMs(finishedMs, random) : null;
  }
  // Fresh from its create, the order is paid right away.
  if (state.status === "submitting" && status === "awaiting_payment") return 0;
  const ageMs = status === state.status ? now.getTime() - state.statusChangedAt.getTime() : 0;
  return nextLookInMs(ageMs, random);
}
