import type { EndpointStanding } from "#lib/deliveries/endpoint-types.ts";

/** How an endpoint is, the worst first; words are `endpoints.standing.<it>.*`. */
export type Standing =
  | "disabled"
  | "paused"
  | "resting"
  | "failing"
  | "wavering"
  | "well"
  | "untried";

export function standingOf(
  endpoint: Pick<
    EndpointStanding,
    "disabledAt" | "pausedAt" | "openUntil" | "warnedAt" | "failures" | "lastSuccessAt"
  >,
  now: number,
): Standing {
  const { disabledAt, pausedAt, openUntil, warnedAt, failures, lastSuccessAt } = endpoint;
  if (disabledAt !== null) return "disabled";
  if (pausedAt !== null) return "paused";
  if (openUntil !== null && Date.parse(openUntil) > now) return "resting";
  if (warnedAt !== null) return "failing";
  if (failures > 0) return "wavering";
  return lastSuccessAt === null ? "untried" : "well";
}
