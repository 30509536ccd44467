import { cleanText } from "../http/clean-text.ts";
import { isObject } from "../http/is-object.ts";
import type { Json, NoteField } from "../port.ts";

const TYPES: readonly NoteField["type"][] = ["string", "integer", "number", "email", "select"];
const MAX_FIELDS = 50;
const MAX_OPTIONS = 1_000;
const MAX_CHARS = 200;

/**
 * The fields that an order's `note` has to hold for this product. A type that is not documented
 * counts as `string`; a `select` without options cannot be filled in and becomes `string` too.
 */
export function readNoteFields(
  required: Json | undefined,
  types: Json | undefined,
  options: Json | undefined,
): NoteField[] {
  const names = Array.isArray(required) ? required.slice(0, MAX_FIELDS).map(fieldName) : [];
  return [...new Set(names.filter((name) => name !== ""))].map((name) => {
    const choices = readOptions(own(options, name));
    const word = own(types, name);
    const type = TYPES.find((known) => known === word) ?? "string";
    if (choices.length > 0) return { name, type: "select", options: choices };
    return { name, type: type === "select" ? "string" : type, options: [] };
  });
}

/** Names go back to the supplier as they came, so odd ones are dropped rather than cleaned. */
function fieldName(field: Json): string {
  const name = isObject(field) ? (field.name ?? field.key) : field;
  return typeof name === "string" && name === cleanText(name, MAX_CHARS) ? name : "";
}

/** Own fields only: a note field called `constructor` must not find Object's. */
function own(map: Json | undefined, name: string): Json | undefined {
  return isObject(map) && Object.hasOwn(map, name) ? map[name] : undefined;
}

/** A list of texts, numbers or `{value}`, or an object whose keys are the values. */
function readOptions(options: Json | undefined): string[] {
  const list = isObject(options) ? Object.keys(options) : Array.isArray(options) ? options : [];
  const values = list.slice(0, MAX_OPTIONS).map((one) => {
    const value = isObject(one) ? (one.value ?? one.id) : one;
    const text = typeof value === "number" ? String(value) : value;
    return typeof text === "string" && text === cleanText(text, MAX_CHARS) ? text : "";
  });
  return [...new Set(values.filter((value) => value !== ""))];
}
