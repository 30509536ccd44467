"use client";

import { useState } from "react";
import { holdRows } from "#components/live/hold-rows.ts";
import type { AlertRow } from "#lib/alerts/types.ts";
import type { OrderRow } from "#lib/orders/types.ts";

/** The overview's lists. */
export type Lists = { alerts: AlertRow[]; oldestOpen: OrderRow[]; recentlyDone: OrderRow[] };

/**
 * The lists, calm: while somebody's pointer or focus is on them, rows change in place and none comes,
 * goes or moves. `waiting` counts the rows that would have come.
 */
export function useHeldLists(now: Lists, attended: boolean) {
  const [held, setHeld] = useState(now);
  if (!attended && held !== now) setHeld(now);
  const shown = attended ? inPlace(held, now) : { lists: now, waiting: 0 };
  return { ...shown, showWaiting: () => setHeld(now) };
}

/** The rows of `held`, in its order, as `now` has them, an order also where it moved on to the other list. */
export function inPlace(held: Lists, now: Lists): { lists: Lists; waiting: number } {
  const alerts = holdRows(held.alerts, now.alerts, idOf);
  const orders = [...now.oldestOpen, ...now.recentlyDone];
  const hold = (list: "oldestOpen" | "recentlyDone") => ({
    rows: holdRows(held[list], orders, idOf).rows,
    waiting: holdRows(held[list], now[list], idOf).waiting,
  });
  const [oldestOpen, recentlyDone] = [hold("oldestOpen"), hold("recentlyDone")];
  return {
    lists: {
      alerts: alerts.rows,
      oldestOpen: oldestOpen.rows,
      recentlyDone: recentlyDone.rows,
    },
    waiting: alerts.waiting + oldestOpen.waiting + recentlyDone.waiting,
  };
}

const idOf = ({ id }: { id: string }): string => id;
