import type { Json, SupplierCode } from "../port.ts";
import { isObject } from "./is-object.ts";

/** Above this, what stands beside `codes` is too much to repeat with every entry. */
const MAX_REST_CHARS = 2_000;

type Entry = { value: string; raw: Json };

/**
 * The delivered entries of one item's `externalData`, in the supplier's order.
 *
 * - An array holds one entry per element; anything else is a single entry.
 * - A string or number is the code; `{code, …}` and `{pin, …}` show that field and keep the whole.
 * - `{codes: […]}` becomes one entry per code; fields beside `codes` stay with each entry's `raw`.
 * - Any other shape shows its JSON text.
 * - Null, blank and empty elements hold nothing, yet keep their place, so that a later answer which
 *   fills them moves no other entry.
 */
export function readCodes(externalData: Json | undefined): SupplierCode[] {
  const elements = Array.isArray(externalData) ? externalData : [externalData ?? null];
  return elements
    .flatMap(entriesOf)
    .flatMap((entry, position) => (entry === null ? [] : [{ position, ...entry }]));
}

function entriesOf(element: Json): (Entry | null)[] {
  if (isObject(element) && Array.isArray(element.codes) && element.codes.length > 0) {
    const { codes, ...rest } = element;
    if (Object.keys(rest).length === 0) return element.codes.map(entryOf);
    if (JSON.stringify(rest).length <= MAX_REST_CHARS) {
      return element.codes.map((code) => withRaw(entryOf(code), { ...rest, codes: [code] }));
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
