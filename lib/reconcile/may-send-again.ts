import { type Doubt, settledAt } from "./doubt.ts";

/** Nothing that was sent can land any more, and nothing is listed that it could have become. */
export function maySendAgain(
  doubt: Pick<Doubt, "sends" | "settlingMs" | "outstanding" | "candidates">,
  now: Date,
): boolean {
  const settled = settledAt(doubt);
  return (
    doubt.outstanding === 0 &&
    (settled === null || settled <= now) &&
    doubt.candidates.every(({ match }) => match === "unclear")
  );
}
