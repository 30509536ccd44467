import { onOrder } from "./decide-answer.ts";
import { onGivenUp, onHeldBack, onNotCreated } from "./decide-doubt.ts";
import { onAcceptedPayment, onRefusal, onUnknown } from "./decide-failure.ts";
import { onNotFound, onNotSearchable } from "./decide-search.ts";
import type { Decision, OrderState } from "./decision.ts";
import type { Observation } from "./observation.ts";

/**
 * What an observation makes of an order: pure, so that every answer in every state can be tested.
 * `recordObservations` carries the decision out.
 * @param random in [0, 1)
 */
export function decide(
  state: OrderState,
  observation: Observation,
  now: Date,
  random: number,
): Decision {
  const { answer } = observation;
  switch (answer.kind) {
    case "order":
      return onOrder(state, answer.order, observation, now, random);
    case "accepted":
      return onAcceptedPayment(state);
    case "refused":
      return onRefusal(state, answer.refusal, observation, now, random);
    case "unknown":
      return onUnknown(state, answer, observation, now, random);
    case "held_back":
      return onHeldBack(state, answer.twin, random);
    case "not_created":
      return onNotCreated(state, observation);
    case "not_found":
      return onNotFound(state, answer, observation, now, random);
    case "not_searchable":
      return onNotSearchable(state, answer.pages);
    case "given_up":
      return onGivenUp(state, observation);
  }
}
