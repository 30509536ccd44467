import type { Json, SupplierCode } from "../port.ts";
import { isObject } from "./is-object.ts";

/** Above this, what stands beside `codes` is too much to repeat with every one of them. */
const MAX_REPEATED_CHARS = 1_000_000;

type Entry = { value: string; raw: Json };

/**
 * The delivered entries of one item's codes field, in the supplier's order.
 *
 * - An array holds one entry per element; anything else is a single entry.
 * - A string or number is the code; `{code, …}` and `{pin, …}` show that field and keep the whole.
 * - `{codes: […]}` becomes one entry per code; fields beside `codes` stay with each entry's `raw`.
 * - Any other shape shows its JSON text.
 * - Null, blank and empty elements hold nothing, yet keep their place, so that a later answer which
 *   fills them moves no other entry.
 */
export function readCodes(delivered: Json | undefined): SupplierCode[] {
  const elements = Array.isArray(delivered) ? delivered : [delivered ?? null];
  const codes: SupplierCode[] = [];
  let position = 0;
  for (const element of elements) {
    for (const entry of entriesOf(element)) {
      if (entry) codes.push({ position, value: entry.value, raw: entry.raw });
      position++;
    }
  }
  return codes;
}

function entriesOf(element: Json): (Entry | null)[] {
  if (isObject(element) && Array.isArray(element.codes) && element.codes.length > 0) {
    const { codes, ...rest } = element;
    if (Object.keys(rest).length === 0) return codes.map(entryOf);
    if (JSON.stringify(rest).length * codes.length <= MAX_REPEATED_CHARS) {
      return codes.map((code) => withRaw(entryOf(code), { ...rest, codes: [code] }));
    }
  }
  return [entryOf(element)];
}

function withRaw(entry: Entry | null, raw: Json): Entry | null {
  return entry && { value: entry.value, raw };
}

function entryOf(element: Json): Entry | null {
  if (isBlank(element)) return null;
  return { value: displayValue(element), raw: element };
}

function displayValue(element: Json): string {
  const known = isObject(element) ? (plain(element.code) ?? plain(element.pin)) : plain(element);
  return known ?? JSON.stringify(element);
}

/** The text of a non-blank string or number, or null. */
function plain(value: Json | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim() || null : null;
}

function isBlank(element: Json): boolean {
  if (element === null) return true;
  if (typeof element === "string") return element.trim() === "";
  if (Array.isArray(element)) return element.every(isBlank);
  return typeof element === "object" && Object.values(element).every(isBlank);
}
