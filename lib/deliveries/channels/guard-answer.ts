import type { Channel, OpenEndpoint } from "../channel.ts";
import { ANSWER_KEPT } from "../delivery-schedule.ts";
import { hideTexts, materialIn } from "../redact-message.ts";
import { failureOf } from "./failure-of.ts";

/**
 * A channel whose answers may be kept: whatever it throws is an outcome, too, and what the other side (or a
 * library's error) repeats of secrets, codes or claim links is taken out before the rest is cut.
 */
export function guardAnswer(channel: Channel): Channel {
  return {
    ...channel,
    async send(endpoint, message, signal, soFar) {
      const outcome = await channel
        .send(endpoint, message, signal, soFar)
        .catch((error) => failureOf(error, signal));
      if (outcome.answer === "") return outcome;
      const secrets = [...textsOf(endpoint.secrets), ...materialIn(message)];
      return { ...outcome, answer: keepable(hideTexts(outcome.answer, secrets)) };
    },
  };
}

/** Of an endpoint's secrets, whatever their form; times and ids among them hide nothing that matters. */
function textsOf(secrets: OpenEndpoint["secrets"]): string[] {
  if (typeof secrets === "string") return [secrets];
  if (typeof secrets !== "object" || secrets === null) return [];
  return Object.values(secrets).flatMap(textsOf);
}

/** What PostgreSQL can store, and no more than is kept. */
function keepable(text: string): string {
  return text
    .replaceAll("\0", "")
    .slice(0, ANSWER_KEPT)
    .replace(/\p{Cs}/gu, "\uFFFD");
}
