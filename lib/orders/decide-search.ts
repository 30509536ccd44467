import { BETWEEN_PASSES_MS } from "#lib/placement/gate-decision.ts";
import { onNotCreated, overtaken } from "./decide-doubt.ts";
import { type Decision, nothing, type OrderState } from "./decision.ts";
import { nextLookAt } from "./next-look.ts";
import type { Observation } from "./observation.ts";
import { retryInMs, SEARCH_REST_PER_PAGE_MS } from "./poll-schedule.ts";

const TOO_LONG = "There are too many orders to be searched for this one.";

/**
 * Asked for our reference, the supplier knew of no order. That proves something only once nothing that was
 * sent can land any more, and if it says so twice with a pause between: a search may lag behind, as lists do.
 * @param answer when the first of its calls was begun, and how many there were
 */
export function onNotFound(
  state: OrderState,
  { askedAt, pages }: { askedAt: Date; pages: number },
  observation: Observation,
  now: Date,
  random: number,
): Decision {
  const { settledAt, lastLookedAt, failedLooks } = state;
  if (state.status !== "unconfirmed" || settledAt === null || state.inFlight > 0) {
    return overtaken(state);
  }
  const timeline: Decision["timeline"] = [{ kind: "not_found", data: {} }];
  if (askedAt < settledAt) {
    const { inMs } = nextLookAt(state, state.status, observation.pace, now, random);
    const leftMs = Math.max(1_000, settledAt.getTime() - now.getTime());
    const restMs = (pages - 1) * SEARCH_REST_PER_PAGE_MS;
    return { ...nothing(), timeline, nextInMs: Math.min(Math.max(inMs, restMs), leftMs) };
  }
  const look = { error: null };
  // Whatever was asked before it was settled isn't noted as a look.
  const isSecond = failedLooks === 0 && lastLookedAt !== null && lastLookedAt >= settledAt;
  if (!isSecond) return { ...nothing(), timeline, look, nextInMs: BETWEEN_PASSES_MS };
  const leftMs = BETWEEN_PASSES_MS - (askedAt.getTime() - lastLookedAt.getTime());
  // The first stays the first, however often it is asked meanwhile.
  if (leftMs > 0) return { ...nothing(), timeline, nextInMs: leftMs };
  const decision = onNotCreated(state, observation);
  return { ...decision, look, timeline: [...timeline, ...decision.timeline] };
}

/** It could not be asked, or said nothing clear: that proves nothing, and whatever it said before begins anew. */
export function onSearchFailed(
  state: OrderState,
  { error, silentMs }: { error: string; silentMs: number },
  observation: Pick<Observation, "pace">,
  now: Date,
  random: number,
): Decision {
  if (state.status !== "unconfirmed" || state.settledAt === null) return overtaken(state);
  const { inMs } = nextLookAt(state, state.status, observation.pace, now, random);
  return {
    ...nothing(),
    timeline: [{ kind: "look_failed", data: { error } }],
    look: { error },
    nextInMs: Math.max(silentMs, inMs, retryInMs(state.failedLooks + 1, random)),
  };
}

/**
 * It proves nothing, and the next search would come no further: nobody searches any more. A person decides, who was told
 * when the order came to be in doubt, or the supplier tells of it.
 */
export function onNotSearchable(state: OrderState, pages: number): Decision {
  if (state.status !== "unconfirmed") return overtaken(state);
  return {
    ...nothing(),
    timeline: [{ kind: "search_too_long", data: { pages } }],
    look: { error: TOO_LONG },
  };
}
