import type { Refusal } from "#lib/suppliers/port.ts";
import { type Decision, type Facts, nothing, type OrderState } from "./decision.ts";
import type { Observation } from "./observation.ts";
import {
  nextLookInMs,
  PAY_RETRY_MS,
  retryInMs,
  SOON_MS,
  SUBMIT_GIVE_UP_MS,
} from "./poll-schedule.ts";

/** Looks that find no such order before a person is told; the supplier's own replica may lag behind. */
const LOST_AFTER_LOOKS = 3;

/** The supplier clearly said no, or a call proved to have had no effect. */
export function onRefusal(
  state: OrderState,
  refusal: Refusal,
  source: Observation["source"],
  now: Date,
  random: number,
): Decision {
  const facts: Facts = { class: refusal.class, code: refusal.code, detail: refusal.detail };
  const passing = refusal.class === "transient" || refusal.class === "rate_limited";
  const retryMs = Math.max(refusal.retryAfterMs ?? 0, retryInMs(state.deferrals, random));
  switch (source) {
    case "create": {
      // A late answer to an order that has been resolved otherwise meanwhile.
      if (state.status !== "submitting" && state.status !== "unconfirmed") {
        return {
          ...nothing(),
          timeline: [{ kind: "create_refused", data: facts }],
          nextInMs: SOON_MS,
        };
      }
      const waitedMs = now.getTime() - state.createdAt.getTime();
      if (passing && waitedMs < SUBMIT_GIVE_UP_MS) {
        return {
          ...nothing(),
          timeline: [{ kind: "create_deferred", data: facts }],
          nextInMs: retryMs,
        };
      }
      const { class: refusalClass, code, detail } = refusal;
      return {
        ...nothing(),
        status: "rejected",
        rejection: { class: refusalClass, code, detail },
        clear: ["stalled"],
        timeline: [{ kind: "create_refused", data: facts }],
      };
    }
    case "pay":
      if (passing) {
        return {
          ...nothing(),
          timeline: [{ kind: "pay_refused", data: facts }],
          nextInMs: retryMs,
        };
      }
      // Wrong state for paying: the order has moved on, which the next look will show.
      if (refusal.class === "payment_not_possible" || refusal.class === "not_found") {
        return {
          ...nothing(),
          timeline: [{ kind: "pay_refused", data: facts }],
          nextInMs: SOON_MS,
        };
      }
      return {
        ...nothing(),
        open: [{ key: "pay_refused", data: facts }],
        timeline: [{ kind: "pay_refused", data: facts }],
        nextInMs: PAY_RETRY_MS,
      };
    case "look": {
      const decision = lookFailed(state, refusal.detail, now, random, refusal.retryAfterMs ?? 0);
      if (refusal.class === "not_found" && state.failedLooks + 1 >= LOST_AFTER_LOOKS) {
        decision.open.push({ key: "lost_at_supplier", data: facts });
      }
      return decision;
    }
  }
}

/** The call may have had an effect. A create stops here; nothing is ever sent again on a guess. */
export function onUnknown(
  state: OrderState,
  answer: { reason: string; httpStatus: number | null },
  source: Observation["source"],
  now: Date,
  random: number,
): Decision {
  const facts: Facts = { reason: answer.reason, http: answer.httpStatus };
  switch (source) {
    case "create":
      return {
        ...nothing(),
        status: "unconfirmed",
        open: [{ key: "unconfirmed", data: facts }],
        clear: ["stalled"],
        timeline: [{ kind: "create_unknown", data: facts }],
      };
    case "pay":
      return {
        ...nothing(),
        timeline: [{ kind: "pay_unknown", data: facts }],
        nextInMs: retryInMs(1, random),
      };
    case "look":
      return lookFailed(state, answer.reason, now, random, 0);
  }
}

function lookFailed(
  state: OrderState,
  error: string,
  now: Date,
  random: number,
  silentMs: number,
): Decision {
  const ageMs = now.getTime() - state.statusChangedAt.getTime();
  const waitMs = Math.max(
    silentMs,
    nextLookInMs(ageMs, random),
    retryInMs(state.failedLooks + 1, random),
  );
  return {
    ...nothing(),
    timeline: [{ kind: "look_failed", data: { error } }],
    nextInMs: waitMs,
    look: { error },
  };
}
