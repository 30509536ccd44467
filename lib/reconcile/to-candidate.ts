import type { Doubt, DoubtCandidate } from "./doubt.ts";
import type { Candidate } from "./types.ts";

/** As pages show it: with its distance from the nearest send, both by the supplier's clock. */
export function toCandidate(
  { createdAt, firstSeenAt, ...candidate }: DoubtCandidate,
  { sends, clockOffsetMs }: Pick<Doubt, "sends" | "clockOffsetMs">,
): Candidate {
  const { state: _, ...shown } = candidate;
  const distances = createdAt
    ? sends.map(({ at }) => createdAt.getTime() - (at.getTime() + (clockOffsetMs ?? 0)))
    : [];
  const nearest = distances.sort((left, right) => Math.abs(left) - Math.abs(right))[0];
  return {
    ...shown,
    createdAt: createdAt?.toISOString() ?? null,
    firstSeenAt: firstSeenAt.toISOString(),
    distanceMs: nearest ?? null,
  };
}
