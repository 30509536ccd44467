/**
 * What was typed, with a point for decimals. A comma may be that as well, but not before three digits: "1,000" is a
 * thousand to one reader and one to another, so it is left as it is and refused.
 */
export const decimalText = (typed: string): string => {
  const text = typed.trim();
  return /,\d{3}$/.test(text) ? text : text.replace(",", ".");
};

/** As the door takes it; "0" is none. */
export const isTopUpAmount = (typed: string): boolean =>
  /^-?\d{1,12}(\.\d{1,4})?$/.test(typed) && /[1-9]/.test(typed);

/** A moment as a field of date and time holds it, in the reader's time zone. */
export function localTime(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that such a field holds; null where that isn't one, or is to come. */
export function atOf(local: string, now = new Date()): string | null {
  const at = new Date(local);
  if (Number.isNaN(at.getTime()) || at.getTime() > now.getTime() + 60_000) return null;
  return at.toISOString();
}
