/** How far a supplier order's creation is from a send, in the largest unit that says enough. */
export type Distance = {
  /** `at`: as near as the two clocks can tell. */
  when: "before" | "at" | "after";
  unit: "second" | "minute" | "hour";
  /** Seconds to a tenth, the rest whole. */
  amount: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The supplier's clock is read off answers that tell whole seconds. */
const NEAREST = 1_000;
/** A hundred seconds still tell more than "1 min"; beyond, minutes do. */
const MOST_SECONDS = 100_000;

/** @param distanceMs from the send to the creation */
export function distanceOf(distanceMs: number): Distance {
  const size = Math.abs(distanceMs);
  const when = size < NEAREST ? "at" : distanceMs < 0 ? "before" : "after";
  if (size < MOST_SECONDS) return { when, unit: "second", amount: Math.round(size / 100) / 10 };
  if (size < 2 * HOUR) return { when, unit: "minute", amount: Math.round(size / MINUTE) };
  return { when, unit: "hour", amount: Math.round(size / HOUR) };
}
