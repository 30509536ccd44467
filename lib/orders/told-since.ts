/** Since when an order stands where it stands, where its supplier told that by itself. Pure. */
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import type { Decision, OrderState } from "./decision.ts";
import { isOpen, type OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { standsSince } from "./poll-schedule.ts";

/**
 * News may come late, or be worked on late: an order that is waited for has waited from when the supplier says that
 * it came to where it is, not from when we noted it. Its clock is believed between the last that we knew of the
 * order before and now, and never against what we noted ourselves. Kept beside `statusChangedAt`, which stays when
 * it was written: whoever looks for what has just moved goes by that.
 */
export function toldSince(
  state: Pick<OrderState, "status" | "statusChangedAt" | "toldSince" | "lastLookedAt">,
  status: OrderStatus,
  order: Pick<SupplierOrder, "state" | "createdAt">,
  { source, toldAt = null }: Pick<Observation, "source" | "toldAt">,
  now: Date,
): Pick<Decision, "since"> {
  const isMove = status !== state.status;
  if (source !== "push" || !isMove || !isOpen(status) || order.state !== status) return {};
  const isFirst = state.status === "submitting" || state.status === "unconfirmed";
  const told = isFirst ? (order.createdAt ?? toldAt) : toldAt;
  if (told === null) return {};
  const known = [standsSince(state), state.lastLookedAt ?? told, told];
  const since = new Date(Math.max(...known.map((at) => at.getTime())));
  return since < now ? { since } : {};
}
