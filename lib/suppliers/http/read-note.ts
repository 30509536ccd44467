import type { Json } from "../port.ts";
import { isObject } from "./is-object.ts";

/** More fields, and longer ones, than any product asks for. */
const MAX_FIELDS = 100;
const MAX_CHARS = 2_000;

/**
 * An item's `note` with values as text. Null where the answer has no such field or no understandable
 * one, `{}` where it has an empty one: "not shown" and "none" are two things to whoever compares
 * baskets. That is also why nothing is trimmed or masked here, so never show it unasked.
 */
export function readNote(note: Json | undefined): Record<string, string> | null {
  if (note === undefined) return null;
  if (note === null || note === "") return {};
  // An empty list is how some servers write an empty map.
  if (!isObject(note)) return Array.isArray(note) && note.length === 0 ? {} : null;
  const fields = Object.entries(note).filter(
    ([name, value]) => value !== null && name !== "__proto__",
  );
  return Object.fromEntries(
    fields
      .slice(0, MAX_FIELDS)
      .map(([name, value]) => [
        storable(name),
        storable(typeof value === "object" ? JSON.stringify(value) : String(value)),
      ]),
  );
}

/** What PostgreSQL refuses is replaced, and a cut is marked, so that it can't pass for the whole. */
function storable(text: string): string {
  const whole = text.slice(0, MAX_CHARS).replace(/\p{Surrogate}|\0/gu, "\uFFFD");
  return text.length > MAX_CHARS ? `${whole}…` : whole;
}
