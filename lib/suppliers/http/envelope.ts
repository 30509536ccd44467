import type { Json } from "../port.ts";
import { isObject } from "./is-object.ts";

type Envelope = { [key: string]: Json };

/** Names under which one thing is handed out wrapped, beside its own. */
const ONE = ["data", "item", "result"];
/** Names under which a list is handed out. */
const MANY = ["items", "orders", "data", "results"];

/**
 * The `what` in an answer that hands it out bare or wrapped, as in `{order: {…}}` or `{data: {…}}`.
 * An object with an id of its own is that thing, whatever it has inside; an envelope that speaks of
 * an error stays closed, since what it then holds is anybody's guess.
 */
export function unwrapOne(answer: Json, what: "order" | "product"): Json {
  if (!isObject(answer) || isNamed(answer) || saysNo(answer)) return answer;
  return [what, ...ONE].map((name) => answer[name]).find(isObject) ?? answer;
}

/**
 * The rows of an answer that hands out a list, bare, as in `{items: […]}` or as in
 * `{data: {items: […]}}`, with what the envelope says beside them. Null when it holds no list. An
 * object with an id is one thing, and its `items` are not what was asked for.
 */
export function unwrapList(answer: Json): { rows: Json[]; envelope: Envelope } | null {
  if (Array.isArray(answer)) return { rows: answer, envelope: {} };
  if (!isObject(answer) || isNamed(answer)) return null;
  const rows = MANY.map((name) => answer[name]).find(Array.isArray);
  if (rows) return { rows, envelope: answer };
  const { data } = answer;
  if (!isObject(data) || isNamed(data)) return null;
  const inner = unwrapList(data);
  return inner && { rows: inner.rows, envelope: { ...answer, ...inner.envelope } };
}

function saysNo({ error, success, ok }: Envelope): boolean {
  return Boolean(error) || success === false || ok === false;
}

function isNamed(object: Envelope): boolean {
  return (object.id ?? null) !== null;
}
