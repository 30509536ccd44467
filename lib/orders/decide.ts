import { onOrder } from "./decide-answer.ts";
import { onAcceptedPayment, onRefusal, onUnknown } from "./decide-failure.ts";
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
  const { answer, source } = observation;
  switch (answer.kind) {
    case "order":
      return onOrder(state, answer.order, source, now, random);
    case "accepted":
      return onAcceptedPayment(state);
    case "refused":
      return onRefusal(state, answer.refusal, source, now, random);
    case "unknown":
      return onUnknown(state, answer, source, now, random);
  }
}
