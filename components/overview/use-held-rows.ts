"use client";

import { useState } from "react";
import type { OrderRow } from "#lib/orders/types.ts";

/** The overview's lists of orders. */
export type Lists = Record<"attention" | "oldestOpen" | "recentlyDone", OrderRow[]>;

const keys = ["attention", "oldestOpen", "recentlyDone"] as const;

/**
 * The lists, calm: while somebody's pointer or focus is on them, rows change in place and none comes,
 * goes or moves. `waiting` counts the rows that would have come.
 */
export function useHeldRows(now: Lists, attended: boolean) {
  const [held, setHeld] = useState(now);
  if (!attended && held !== now) setHeld(now);
  return {
    lists: attended ? inPlace(held, now) : now,
    waiting: attended ? countNew(held, now) : 0,
    showWaiting: () => setHeld(now),
  };
}

/** The rows of `held`, in its order, as `now` has them. */
export function inPlace(held: Lists, now: Lists): Lists {
  const latest = new Map(keys.flatMap((key) => now[key]).map((row) => [row.id, row]));
  const update = (rows: OrderRow[]) => rows.map((row) => latest.get(row.id) ?? row);
  return {
    attention: update(held.attention),
    oldestOpen: update(held.oldestOpen),
    recentlyDone: update(held.recentlyDone),
  };
}

export function countNew(held: Lists, now: Lists): number {
  const known = keys.map((key) => new Set(held[key].map(({ id }) => id)));
  return keys.reduce(
    (count, key, index) => count + now[key].filter(({ id }) => !known[index]?.has(id)).length,
    0,
  );
}
