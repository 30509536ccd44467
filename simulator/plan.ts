import type { Distribution, Fate } from "./behaviours.ts";
import { type DrawName, draw, drawBetween } from "./chance.ts";
import { orderTruth } from "./lifecycle.ts";
import type { Order, OrderStatus, Plan } from "./state.ts";

export type Timing = {
  /** From payment to `processing`. */
  paidMs: { minMs: number; maxMs: number };
  /** From payment to the end. */
  completeMs: { minMs: number; maxMs: number };
  paymentWindowMs: number;
};

/** What is known of an item when its order is planned. */
export type PlannedItem = { productId: string; quantity: number; fate: Fate | null };

/** A fate that a rule gives: to the whole order, or in its codes and errors to one product only. */
export type GivenFate = { fate: Fate; productId: string | null };

/** Draws an order's whole future. A rule's fate replaces those that the products bring along. */
export function planOrder(
  items: readonly PlannedItem[],
  given: GivenFate | null,
  timing: Timing,
  activeForMs: number,
  name: DrawName,
): Plan {
  const fate = given?.fate ?? items.find((item) => item.fate !== null)?.fate ?? {};
  const end = drawDuration(fate.completeAfter ?? timing.completeMs, [...name, "end"]);
  const paid = drawDuration(timing.paidMs, [...name, "paid"]);
  return {
    activeForMs,
    paidForMs: Math.min(paid, end),
    endAfterMs: activeForMs + end,
    ...outcome(fate),
    cancelledAfterMs: fate.cancel?.when === "unpaid" ? 1 : null,
    items: items.map((item, index) => {
      const isMeant = given !== null && [null, item.productId].includes(given.productId);
      return planItem(item.quantity, index, isMeant ? given.fate : item.fate);
    }),
    repeats: null,
  };
}

/**
 * Gives an open order another future from `now` on. It never moves backwards: a stall before the
 * present status holds the present one, and an end that is already overdue comes at once.
 */
export function replanOrder(order: Order, fate: Fate, now: number, name: DrawName): Plan {
  const { plan } = order;
  const paidAt = order.payments[0];
  const elapsed = paidAt === undefined ? 0 : now - paidAt;
  const endAfterMs =
    fate.completeAfter === undefined
      ? Math.max(plan.endAfterMs, elapsed)
      : elapsed + drawDuration(fate.completeAfter, [...name, "end"]);
  const { stallAt, ...rest } = outcome(fate);
  return {
    ...plan,
    ...rest,
    paidForMs: Math.min(plan.paidForMs, Math.max(0, endAfterMs - plan.activeForMs)),
    endAfterMs,
    stallAt: stallAt === null ? null : later(stallAt, orderTruth(order, now).status),
    cancelledAfterMs: fate.cancel?.when === "unpaid" ? now - order.createdAt : null,
    items: order.items.map((item, index) => planItem(item.quantity, index, fate)),
  };
}

function outcome(fate: Fate) {
  return {
    stallAt: fate.stall ?? null,
    end: fate.fail ? "failed" : fate.cancel ? "cancelled" : "completed",
    cancelReason: fate.cancel?.reason ?? null,
    keepMoney: fate.fail?.keepMoney ?? fate.cancel?.keepMoney ?? false,
    failMessage: fate.fail?.message ?? "",
  } satisfies Partial<Plan>;
}

function planItem(quantity: number, index: number, fate: Fate | null): Plan["items"][number] {
  const wrong = fate?.itemError;
  if (wrong !== undefined && (wrong.item === undefined || wrong.item === index)) {
    return { error: wrong.message, codes: 0 };
  }
  return {
    error: null,
    codes: Math.min(fate?.partialCodes ?? quantity, quantity) + (fate?.extraCodes ?? 0),
  };
}

const openStatuses: readonly string[] = ["active", "paid", "processing"];

function later(stallAt: NonNullable<Plan["stallAt"]>, present: OrderStatus): Plan["stallAt"] {
  const held = present === "active" || present === "paid" || present === "processing";
  return held && openStatuses.indexOf(present) > openStatuses.indexOf(stallAt) ? present : stallAt;
}

function drawDuration(distribution: Distribution, name: DrawName): number {
  if ("ms" in distribution) return distribution.ms;
  if ("minMs" in distribution) {
    const { minMs, maxMs } = distribution;
    return drawBetween(Math.min(minMs, maxMs), Math.max(minMs, maxMs), ...name);
  }
  const exponential = Math.round(-Math.log(1 - draw(...name)) * distribution.meanMs);
  return Math.min(exponential, distribution.maxMs ?? Number.MAX_SAFE_INTEGER);
}
