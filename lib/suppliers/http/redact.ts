import type { Json } from "../port.ts";
import { type Hide, mask, plainName } from "./hide-codes.ts";
import { isObject } from "./is-object.ts";
import { readCodes } from "./read-codes.ts";

/** Which fields of an order answer are shown; names as `plainName` spells them. */
export type Shown = {
  /**
   * Names whose plain values are shown. Whatever stands under another name is masked: a field nobody
   * has heard of may hold a code. Add a name only after seeing what the supplier puts there.
   */
  values: ReadonlySet<string>;
  /** Names that are looked into. */
  containers: ReadonlySet<string>;
  /** Names of what is delivered: shown as one mask for each entry. */
  codes: ReadonlySet<string>;
};

const MAX_SHOWN_CHARS = 500;
const MAX_NAME_CHARS = 100;

/**
 * An order answer that is safe to store and to show to admins: each delivered entry becomes
 * `•••• (12 characters)`, values under unknown names are masked whole, and shown text goes through
 * `hide`. Expects depth-capped JSON (`parseJson`).
 */
export function redactOrder(answer: Json, hide: Hide, known: Shown): Json {
  return isObject(answer) ? redactObject(answer, hide, known) : maskAny(answer);
}

function redactObject(object: { [key: string]: Json }, hide: Hide, known: Shown): Json {
  const redacted: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(object)) {
    const name = plainName(key);
    const shown = isKnown(key, name, known) ? key : hide(key, MAX_NAME_CHARS);
    // Dropped rather than kept as an ordinary key: it is no field when it is assigned.
    if (shown !== "__proto__") redacted[shown] = redactField(name, value, hide, known);
  }
  return redacted;
}

/** Known names are shown as they are, which spares most of the work on large orders. */
function isKnown(key: string, name: string, known: Shown): boolean {
  if (!/^\w+$/.test(key)) return false;
  return known.codes.has(name) || known.containers.has(name) || known.values.has(name);
}

function redactField(name: string, value: Json, hide: Hide, known: Shown): Json {
  if (value === null || typeof value === "boolean") return value;
  if (known.codes.has(name)) return readCodes(value).map((code) => mask(code.value));
  if (known.containers.has(name)) {
    if (isObject(value)) return redactObject(value, hide, known);
    if (Array.isArray(value)) return value.map((one) => redactOrder(one, hide, known));
  }
  if (!known.values.has(name) || typeof value === "object") return maskAny(value);
  const shown = hide(String(value), MAX_SHOWN_CHARS);
  return shown === String(value) ? value : shown;
}

/** A mask that tells the kind and size of what it hides, not the field names inside it. */
function maskAny(value: Json): Json {
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value))
    return `•••• (${value.length} ${value.length === 1 ? "entry" : "entries"})`;
  if (typeof value !== "object") return mask(String(value));
  const fields = Object.keys(value).length;
  return `•••• (${fields} ${fields === 1 ? "field" : "fields"})`;
}
