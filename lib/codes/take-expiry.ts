import { type Leaf, takePart } from "./code-leaves.ts";
import { readExpiry } from "./expiry-policy.ts";

/**
 * Takes out of an entry's texts what says when it expires, as it was written; null where nothing does. A month
 * and a year in fields of their own, and the day where there is one, become one text where they are a date.
 */
export function takeExpiry(leaves: Leaf[]): string | null {
  const whole = takePart(leaves, "expiry");
  if (whole !== null) return whole;
  // All or none is taken.
  const rest = [...leaves];
  const year = takeField(rest, "expiryYear");
  const month = takeField(rest, "expiryMonth");
  const day = takeField(rest, "expiryDay");
  if (year === null || month === null || !/^(\d{4}|\d{2})$/.test(year)) return null;
  const text = joined(year.length === 2 ? `20${year}` : year, month, day);
  if (readExpiry(text) === null) return null;
  leaves.splice(0, leaves.length, ...rest);
  return text;
}

/** `exp_month`, and the `month` of an `exp`. */
function takeField(
  leaves: Leaf[],
  part: "expiryYear" | "expiryMonth" | "expiryDay",
): string | null {
  return takePart(leaves, part) ?? takePart(leaves, part, undefined, ({ label }) => label);
}

function joined(year: string, month: string, day: string | null): string {
  // A name, which may be one in front of a year alone.
  if (!/^\d{1,2}$/.test(month))
    return day === null ? `${month} ${year}` : `${day} ${month} ${year}`;
  const number = month.padStart(2, "0");
  return day === null ? `${number}/${year}` : `${year}-${number}-${day.padStart(2, "0")}`;
}
