import { needsCounting } from "#lib/placement/ways.ts";
import type { Refusal } from "#lib/suppliers/port.ts";
import { onSearchFailed } from "./decide-search.ts";
import { type Decision, type Facts, nothing, type OrderState } from "./decision.ts";
import { isFinished, isWatched } from "./lifecycle.ts";
import { nextLookAt } from "./next-look.ts";
import type { Observation } from "./observation.ts";
import {
  createAgainInMs,
  MOST_FREE_CREATES,
  PAY_RETRY_MS,
  retryInMs,
  SOON_MS,
  SUBMIT_GIVE_UP_MS,
} from "./poll-schedule.ts";

/** Looks that find no such order before a person is told; the supplier's own replica may lag behind. */
const LOST_AFTER_LOOKS = 3;
/** Of an order that is over, after a hint that something is new about it all the same. */
const MOST_LOOKS_AFTER = 5;

/** What matters of an observation beside its answer. */
type Told = Pick<Observation, "source" | "pace">;

/** The supplier clearly said no, or a call proved to have had no effect. */
export function onRefusal(
  state: OrderState,
  refusal: Refusal,
  observation: Told,
  now: Date,
  random: number,
): Decision {
  switch (observation.source) {
    case "create":
      return onRefusedCreate(state, refusal, now, random);
    case "pay":
      return onRefusedPayment(state, refusal, random);
    case "look": {
      const { detail: error, retryAfterMs: silentMs = 0 } = refusal;
      const decision = lookFailed(state, { error, silentMs }, observation, now, random);
      if (refusal.class === "not_found" && state.failedLooks + 1 >= LOST_AFTER_LOOKS) {
        decision.open.push({ key: "lost_at_supplier", data: factsOf(refusal) });
      }
      return decision;
    }
    case "search": {
      const { detail: error, retryAfterMs: silentMs = 0 } = refusal;
      return onSearchFailed(state, { error, silentMs }, observation, now, random);
    }
    case "list":
    case "push":
    case "person":
      return nothing();
  }
}

function onRefusedCreate(state: OrderState, refusal: Refusal, now: Date, random: number): Decision {
  const facts = factsOf(refusal);
  // An unclear one beside it, or one that is being sent, may still have made an order.
  const othersUnclear = state.status === "unconfirmed" && state.unclearCreates > 0;
  if (!isUndecided(state) || othersUnclear || state.inFlight > 0) {
    return onlyNoted(state, { kind: "create_refused", data: facts });
  }
  // This call made nothing, but an earlier one may have.
  if (refusal.class === "conflict") return unconfirmed(state, refusal.detail, refusal.httpStatus);
  const waitedMs = now.getTime() - state.statusChangedAt.getTime();
  if (state.status === "submitting" && isPassing(refusal) && waitedMs < SUBMIT_GIVE_UP_MS) {
    return {
      ...nothing(),
      clear: ["waits_for_twin"],
      timeline: [{ kind: "create_deferred", data: facts }],
      nextInMs: retryAfter(state, refusal, random),
    };
  }
  // Where creating costs, an earlier one that is unclear may have been the purchase: this says nothing of it.
  if (state.mode !== "create_is_free" && state.unclearCreates > 0) {
    return unconfirmed(state, refusal.detail, refusal.httpStatus);
  }
  // Also for an `unconfirmed` order, whose only unclear send this answers: nothing exists, then.
  const { class: refusalClass, code, detail } = refusal;
  return {
    ...nothing(),
    status: "rejected",
    rejection: { class: refusalClass, code, detail },
    // Where creating is free, earlier ones may have left unpaid orders behind, which cost nothing.
    ...(state.unclearCreates > 0 ? { resolve: "superseded" } : {}),
    gate: "wake",
    open: [{ key: "order_failed", data: { status: "rejected", word: code, reason: detail } }],
    clear: ["stalled", "unconfirmed", "waits_for_twin"],
    timeline: [{ kind: "create_refused", data: facts }],
  };
}

function onRefusedPayment(state: OrderState, refusal: Refusal, random: number): Decision {
  const entry = { kind: "pay_refused", data: factsOf(refusal) } as const;
  if (state.status !== "awaiting_payment") return onlyNoted(state, entry);
  // Wrong state for paying: the order has moved on, which the next look will show.
  const movedOn = refusal.class === "payment_not_possible" || refusal.class === "not_found";
  if (movedOn || isPassing(refusal)) {
    return { ...nothing(), timeline: [entry], nextInMs: retryAfter(state, refusal, random) };
  }
  return {
    ...nothing(),
    open: [{ key: "pay_refused", data: entry.data }],
    timeline: [entry],
    nextInMs: PAY_RETRY_MS,
  };
}

/** The call may have had an effect. A create stops here; nothing is ever sent again on a guess. */
export function onUnknown(
  state: OrderState,
  answer: { reason: string; httpStatus: number | null },
  observation: Told,
  now: Date,
  random: number,
): Decision {
  const facts: Facts = { reason: answer.reason, http: answer.httpStatus };
  switch (observation.source) {
    case "create": {
      if (!isUndecided(state)) {
        const noted = onlyNoted(state, { kind: "create_unknown", data: facts });
        // The supplier has told of the order meanwhile: that is what became of it.
        return state.status === "rejected" ? noted : { ...noted, resolve: "claimed" };
      }
      const mayBeMadeAgain =
        state.status === "submitting" &&
        state.mode !== "create_may_charge" &&
        state.unclearCreates < MOST_FREE_CREATES;
      if (!mayBeMadeAgain) return unconfirmed(state, answer.reason, answer.httpStatus);
      return {
        ...nothing(),
        clear: ["waits_for_twin"],
        timeline: [{ kind: "create_unknown", data: { ...facts, again: true } }],
        nextInMs: createAgainInMs(state.unclearCreates, random),
      };
    }
    case "pay": {
      const entry = { kind: "pay_unknown", data: facts } as const;
      if (state.status !== "awaiting_payment") return onlyNoted(state, entry);
      return { ...nothing(), timeline: [entry], nextInMs: retryInMs(1, random) };
    }
    case "look":
      return lookFailed(state, { error: answer.reason, silentMs: 0 }, observation, now, random);
    case "search": {
      const failed = { error: answer.reason, silentMs: 0 };
      return onSearchFailed(state, failed, observation, now, random);
    }
    case "list":
    case "push":
    case "person":
      return nothing();
  }
}

/** Taken by the supplier, which didn't show the order: a look will. */
export function onAcceptedPayment(state: OrderState): Decision {
  return onlyNoted(state, { kind: "pay_accepted", data: {} });
}

/** Nobody knows yet whether the order exists at the supplier. */
const isUndecided = ({ status }: OrderState): boolean =>
  status === "submitting" || status === "unconfirmed";

const isPassing = (refusal: Refusal): boolean =>
  refusal.class === "transient" || refusal.class === "rate_limited";

const factsOf = (refusal: Refusal): Facts => ({
  class: refusal.class,
  code: refusal.code,
  detail: refusal.detail,
});

const retryAfter = (state: OrderState, refusal: Refusal, random: number): number =>
  Math.max(refusal.retryAfterMs ?? 0, retryInMs(state.refusals, random));

function unconfirmed({ ways }: OrderState, reason: string, http: number | null): Decision {
  const data: Facts = { reason, http };
  return {
    ...nothing(),
    status: "unconfirmed",
    ...(needsCounting(ways) ? { gate: "freeze" as const } : {}),
    nextInMs: ways.findsByReference ? SOON_MS : null,
    open: [{ key: "unconfirmed", data }],
    clear: ["stalled", "waits_for_twin"],
    timeline: [{ kind: "create_unknown", data }],
  };
}

/** Changes nothing by itself; the next look, where there is one to be made, tells more. */
function onlyNoted(state: OrderState, entry: Decision["timeline"][number]): Decision {
  return { ...nothing(), timeline: [entry], nextInMs: isWatched(state.status) ? SOON_MS : null };
}

function lookFailed(
  state: OrderState,
  { error, silentMs }: { error: string; silentMs: number },
  observation: Told,
  now: Date,
  random: number,
): Decision {
  const { inMs, everyMs } = nextLookAt(state, state.status, observation.pace, now, random);
  const waitMs = Math.max(silentMs, inMs, retryInMs(state.failedLooks + 1, random));
  const isOver = isFinished(state.status) && state.status !== "rejected";
  const isHinted = isOver && state.failedLooks + 1 < MOST_LOOKS_AFTER;
  return {
    ...nothing(),
    timeline: [{ kind: "look_failed", data: { error } }],
    ...(isWatched(state.status) || isHinted ? { nextInMs: waitMs, everyMs } : {}),
    look: { error },
  };
}
