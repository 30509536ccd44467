import { type Health, healthOf } from "#components/suppliers/health-of.ts";
import type { SupplierRow } from "#lib/suppliers/room-types.ts";

/** How an account stands, the worst first: what a person did or has to do goes before how calls went. */
export type AccountStanding =
  | { kind: "not_connected" }
  | { kind: "paused"; what: "ordering" | "polling" | "both" }
  | { kind: "calls"; health: Health };

type Facts = Pick<SupplierRow, "notConnected" | "orderingPaused" | "pollingPaused" | "budget">;

/** Pure; `now` in milliseconds, since pauses end by themselves while a page stands open. */
export function standingOf(account: Facts, now: number): AccountStanding {
  if (account.notConnected !== null) return { kind: "not_connected" };
  const ordering = isOn(account.orderingPaused, now);
  const polling = isOn(account.pollingPaused, now);
  if (ordering && polling) return { kind: "paused", what: "both" };
  if (ordering) return { kind: "paused", what: "ordering" };
  if (polling) return { kind: "paused", what: "polling" };
  return { kind: "calls", health: healthOf(account.budget, now) };
}

/** Whether a pause still lasts. */
export const isOn = (pause: SupplierRow["orderingPaused"], now: number): boolean =>
  pause !== null && Date.parse(pause.until) > now;
