import { by, type Decision, type Facts, nothing, type OrderState } from "./decision.ts";
import { isWatched } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { heldBackWaitMs, SOON_MS } from "./poll-schedule.ts";

/** Sends of one order, all proved to have made nothing, after which a person decides. */
const MOST_SENDS = 3;

/** Its basket is frozen: an order for the same goods has to be cleared up first. */
export function onHeldBack(state: OrderState, twin: string | null, random: number): Decision {
  if (state.status !== "submitting") return overtaken(state);
  return {
    ...nothing(),
    open: [{ key: "waits_for_twin", data: { twin } }],
    nextInMs: heldBackWaitMs(random),
  };
}

/** Counted out, or said by a person: the order may be sent again. */
export function onNotCreated(state: OrderState, { source, decidedBy }: Observation): Decision {
  if (state.status !== "unconfirmed") return overtaken(state);
  const found: Facts = source === "search" ? { by: "reference" } : {};
  const facts: Facts = decidedBy ? { reason: decidedBy.reason } : found;
  const resolved: Decision = {
    ...nothing(),
    resolve: "not_created",
    gate: "wake",
    timeline: [{ kind: "not_created", data: facts, ...by(decidedBy) }],
  };
  if (source !== "person" && state.notCreated + state.unclearCreates >= MOST_SENDS) {
    const data = { reason: "It was sent several times, and made no order.", http: null };
    return { ...resolved, open: [{ key: "unconfirmed", data }] };
  }
  return {
    ...resolved,
    status: "submitting",
    clear: ["unconfirmed", "stalled"],
    nextInMs: 0,
  };
}

/** A person ends the order. If a supplier order turns up all the same, it is nobody's and shown as such. */
export function onGivenUp(state: OrderState, { decidedBy }: Observation): Decision {
  if (state.status !== "unconfirmed" && state.status !== "submitting") return overtaken(state);
  const reason = decidedBy?.reason ?? "";
  return {
    ...nothing(),
    status: "rejected",
    rejection: { class: "given_up", code: null, detail: reason },
    resolve: "given_up",
    gate: "wake",
    clear: ["stalled", "unconfirmed", "waits_for_twin"],
    timeline: [{ kind: "given_up", data: { reason }, ...by(decidedBy) }],
  };
}

/** The order has moved on since this was decided. */
export const overtaken = ({ status }: OrderState): Decision => ({
  ...nothing(),
  nextInMs: isWatched(status) ? SOON_MS : null,
});
