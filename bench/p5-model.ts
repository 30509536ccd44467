/**
 * P5: calls an order of fixed 5 s polling and of ours, at the same arrivals and completions, in virtual
 * time. What is looked at when is decided by the product's own functions; only the supplier is a model.
 */
import { choosePlan, type PlanMode } from "#lib/polling/choose-plan.ts";
import { DEFAULT_PACE, LEAST_SAMPLES, nextLook, type Pace } from "#lib/polling/look-schedule.ts";
import { quantilesOf } from "#lib/polling/quantiles.ts";
import type { ListedState } from "#lib/suppliers/port.ts";
import { compareList, type HeldOrder, nextState, passedBy } from "#lib/sweep/compare-list.ts";
import {
  CALL_MS,
  type Goods,
  NORMAL_GOODS,
  ORDERS,
  type Order,
  placeOrders,
  pollFixed,
  type Result,
  randomFrom,
  warmUpOrders,
} from "./p5-orders.ts";

/** With this, an order's news waits on average as long as fixed 5 s polling leaves it waiting. */
const SWEEP_EVERY_MS = 4_500;
const RATES = [0.05, 0.2, 1, 5] as const;
const PLAN_EVERY_MS = 10_000;
const LEARN_EVERY_MS = 300_000;
/** So large that nothing is stretched: what a small budget does is not the question here. */
const BUDGET = 100_000;
const PAGE_ROWS = 50;
const PAGE_OVERLAP = 5;

export type P5Row = {
  rate: number;
  fixedCalls: number;
  oursCalls: number;
  fixedDelayMs: number;
  oursDelayMs: number;
  /** Calls an order of fixed polling to ours. */
  ratio: number;
};

export const runP5 = (seed: number): P5Row[] => runP5With(seed, NORMAL_GOODS);

/** The same for other goods. */
export function runP5With(seed: number, goods: readonly Goods[]): P5Row[] {
  return RATES.map((rate, at) => {
    const orders = placeOrders(rate, goods, randomFrom(seed * 31 + at));
    const fixed = pollFixed(orders, warmUpOrders(rate));
    const ours = pollAsKeyhold(orders, warmUpOrders(rate), randomFrom(seed * 97 + at));
    return {
      rate,
      fixedCalls: fixed.calls,
      oursCalls: ours.calls,
      fixedDelayMs: fixed.delayMs,
      oursDelayMs: ours.delayMs,
      ratio: fixed.calls / ours.calls,
    };
  });
}

/** What Keyhold knows of an open order. */
type Known = Order & {
  id: string;
  state: ListedState;
  lookedAt: number;
  everyMs: number;
  nextAt: number;
};

function pollAsKeyhold(orders: readonly Order[], warmUp: number, random: () => number): Result {
  const open = new Map<string, Known>();
  const samples = new Map<string, number[]>();
  const curves = new Map<string, number[]>();
  const movedAt: number[] = [];
  let mode: PlanMode = "single";
  let sweepEveryMs: number | null = null;
  let congestion = 1;
  let sweepAt = Number.POSITIVE_INFINITY;
  let planAt = 0;
  let learnAt = 0;
  let placed = 0;
  let calls = 0;
  let delay = 0;
  let left = ORDERS;
  let isCounting = false;

  const paceOf = ({ goods }: Order): Pace => ({
    ...DEFAULT_PACE,
    curve: curves.get(goods) ?? null,
    congestion,
    sweepEveryMs,
  });
  function schedule(order: Known, now: number): void {
    const ageMs = now - order.paidAt;
    const { inMs, everyMs } = nextLook({ ageMs, paidForMs: ageMs, pace: paceOf(order) }, random());
    order.lookedAt = now;
    order.everyMs = everyMs;
    order.nextAt = now + inMs;
  }
  const dueAt = ({ lookedAt, everyMs }: Known): number => lookedAt + everyMs;

  function look(order: Known, now: number): void {
    if (isCounting) calls += 1;
    if (order.doneAt > now) {
      order.state = now >= order.processingAt ? "processing" : "paid";
      schedule(order, now + CALL_MS);
      return;
    }
    open.delete(order.id);
    movedAt.push(now);
    const known = samples.get(order.goods) ?? [];
    samples.set(order.goods, known);
    known.push(Math.max(0, (order.lookedAt + now + CALL_MS) / 2 - order.paidAt));
    if (!isCounted(Number(order.id))) return;
    delay += now + CALL_MS - order.doneAt;
    left -= 1;
  }

  function plan(now: number): void {
    planAt = now + PLAN_EVERY_MS;
    while ((movedAt[0] ?? now) < now - 300_000) movedAt.shift();
    const choice = choosePlan(
      {
        open: open.size,
        openDue: [...open.values()].reduce((sum, { everyMs }) => sum + 60_000 / everyMs, 0),
        otherDue: 0,
        moves: movedAt.length / Math.min(5, Math.max(1, now / 60_000)),
        foreignPages: 0,
        budget: BUDGET,
      },
      mode,
      null,
      SWEEP_EVERY_MS,
    );
    if (choice.mode !== mode) sweepAt = now;
    ({ mode, congestion, sweepEveryMs } = choice);
    if (mode === "sweep") return;
    sweepAt = Number.POSITIVE_INFINITY;
    for (const order of open.values())
      order.nextAt = Math.min(order.nextAt, Math.max(now, dueAt(order)));
  }

  function learn(now: number): void {
    learnAt = now + LEARN_EVERY_MS;
    for (const [goods, took] of samples) {
      if (took.length >= LEAST_SAMPLES) curves.set(goods, quantilesOf(took.slice(-500)));
    }
  }

  function sweep(now: number): void {
    const held: (HeldOrder & { order: Known })[] = [...open.values()].map((order) => ({
      orderId: order.id,
      supplierOrderId: order.id,
      state: order.state,
      dueAt: dueAt(order),
      placedAt: order.paidAt,
      order,
    }));
    const rows = new Map<string, { state: ListedState }>();
    const asked = new Set<ListedState>();
    const byId = new Map<string, HeldOrder>(held.map((order) => [order.supplierOrderId, order]));
    let at = now;
    for (;;) {
      const state = nextState(held, { rows, asked }, at);
      if (state === null) break;
      asked.add(state);
      for (let offset = 0, total = 1; offset < total; offset += PAGE_ROWS - PAGE_OVERLAP) {
        const listed = listAt(state, at);
        const page = listed.slice(offset, offset + PAGE_ROWS);
        for (const { id } of page) rows.set(id, { state });
        total = listed.length - PAGE_OVERLAP;
        if (isCounting) calls += 1;
        at += CALL_MS;
        const ids = page.map(({ id }) => ({ supplierOrderId: id }));
        for (const { orderId, state: known } of passedBy(byId, ids)) {
          const order = open.get(orderId);
          if (order && known === state && !rows.has(orderId))
            order.nextAt = Math.min(order.nextAt, at);
        }
      }
    }
    const { unchanged, advanced, missing } = compareList(held, { rows, asked }, at);
    for (const { orderId } of advanced) {
      const order = open.get(orderId);
      if (order) order.state = "processing";
    }
    for (const { orderId } of [...unchanged, ...advanced]) {
      const order = open.get(orderId);
      if (order) schedule(order, at);
    }
    for (const { orderId } of missing) {
      const order = open.get(orderId);
      if (order) order.nextAt = Math.min(order.nextAt, at);
    }
    sweepAt = now + (sweepEveryMs ?? SWEEP_EVERY_MS);
  }

  /** As the supplier has it, newest first. */
  function listAt(state: ListedState, now: number): Known[] {
    return [...open.values()]
      .filter((order) => order.paidAt <= now && order.doneAt > now && stateAt(order, now) === state)
      .reverse();
  }
  const stateAt = (order: Order, now: number): ListedState =>
    now >= order.processingAt ? "processing" : "paid";
  const isCounted = (order: number): boolean => order >= warmUp && order < warmUp + ORDERS;

  for (;;) {
    const next = orders[placed];
    if (left === 0) break;
    let first: Known | null = null;
    let firstDue = Number.POSITIVE_INFINITY;
    for (const order of open.values()) {
      if (first === null || order.nextAt < first.nextAt) first = order;
      firstDue = Math.min(firstDue, dueAt(order));
    }
    const sweepsAt = Math.max(sweepAt, firstDue);
    const at = Math.min(
      next?.paidAt ?? Number.POSITIVE_INFINITY,
      first?.nextAt ?? Number.POSITIVE_INFINITY,
      sweepsAt,
      planAt,
      learnAt,
    );
    if (at === planAt) plan(at);
    else if (at === learnAt) learn(at);
    else if (next && at === next.paidAt) {
      isCounting = isCounted(placed);
      const id = String(placed);
      placed += 1;
      const order: Known = { ...next, id, state: "paid", lookedAt: at, everyMs: 0, nextAt: 0 };
      open.set(id, order);
      schedule(order, at);
    } else if (first && at === first.nextAt) look(first, at);
    else sweep(at);
  }
  return { calls: calls / ORDERS, delayMs: delay / ORDERS };
}
