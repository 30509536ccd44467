import { isObject } from "../http/is-object.ts";
import type { Json, SupplierCode } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { readAt } from "./field-path.ts";

type Fields = SignedWebhookConfig["fields"];
type Entry = { value: string; raw: Json };

/**
 * What is delivered for one item, in the supplier's order: the entries of its list of codes, or the one
 * code that the item itself holds. Blank entries hold nothing, yet keep their place.
 */
export function readDelivered(item: Json, fields: Fields): SupplierCode[] {
  return entriesOf(item, fields).flatMap((entry, position) =>
    entry ? [{ position, value: entry.value, raw: entry.raw }] : [],
  );
}

/** The item is one unit by itself: each further one is an item of its own. */
export const holdsItsCode = (item: Json, fields: Fields): boolean =>
  listOf(item, fields) === null && ownEntry(item, fields) !== null;

function entriesOf(item: Json, fields: Fields): (Entry | null)[] {
  const list = listOf(item, fields);
  return list ? list.map((element) => entryOf(element, fields)) : [ownEntry(item, fields)];
}

function listOf(item: Json, fields: Fields): Json[] | null {
  const codes = readAt(item, fields.codes);
  if (codes === undefined || isBlank(codes)) return null;
  return Array.isArray(codes) ? codes : [codes];
}

/** The item's own code, with all that stands beside it but what the item is read for. */
function ownEntry(item: Json, fields: Fields): Entry | null {
  if (!isObject(item)) return null;
  const isCode = [fields.code, fields.pin, fields.serial].some(
    (path) => !isBlank(readAt(item, path) ?? null),
  );
  if (!isCode) return null;
  const told = [fields.sku, fields.quantity, fields.error, fields.codes, fields.status];
  const ofItem = new Set(told.flatMap((path) => path.split("|")));
  const beside = Object.entries(item).filter(([name]) => !ofItem.has(name));
  return entryOf(Object.fromEntries(beside), fields);
}

function entryOf(element: Json, fields: Fields): Entry | null {
  if (isBlank(element)) return null;
  const known = isObject(element)
    ? (plain(readAt(element, fields.code)) ?? plain(readAt(element, fields.pin)))
    : plain(element);
  return { value: known ?? JSON.stringify(element), raw: named(element, fields) };
}

/** Under the names that are known everywhere, so that a PIN is shown as one: each of its fields stays. */
function named(element: Json, { code, pin, serial }: Fields): Json {
  if (!isObject(element)) return element;
  const names = new Map(
    Object.entries({ code, pin, serial }).flatMap(([name, path]) =>
      Object.hasOwn(element, name) ? [] : ownName(element, path, name),
    ),
  );
  if (names.size === 0) return element;
  return Object.fromEntries(
    Object.entries(element).map(([name, value]) => [names.get(name) ?? name, value]),
  );
}

function ownName(element: { [key: string]: Json }, path: string, name: string): [string, string][] {
  const found = path.split("|").find((one) => !isBlank(readAt(element, one) ?? null));
  return found !== undefined && Object.hasOwn(element, found) ? [[found, name]] : [];
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
