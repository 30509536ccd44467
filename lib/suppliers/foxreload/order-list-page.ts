import { countFrom } from "../http/decimal-text.ts";
import { unwrapList } from "../http/envelope.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, ListedState, Page, SupplierOrder } from "../port.ts";
import { limits } from "./limits.ts";
import { cursorIn, type Envelope, MAX_ROWS } from "./list-page.ts";
import { mapOrder } from "./map-order.ts";
import { wordOf } from "./order-state.ts";

/**
 * Where a walk over the orders stands: the supplier's own cursor, or a row number. With the latter
 * goes how far the page before reached, and with which order it began.
 */
export type OrderPlace = {
  /** Only the orders in this state are listed; null: all. */
  state: ListedState | null;
} & (
  | { mode: "cursor"; cursor: string }
  | { mode: "offset"; offset: number; seenTo: number; beganWith: string | null }
);

const START: OrderPlace = { state: null, mode: "offset", offset: 0, seenTo: 0, beganWith: null };
const OFFSET = /^o:(\d{1,12}):(\d{1,12}):(\S{1,200})$/;
/** What a cursor of a walk over the orders in one state begins with. */
const STATE = /^s:(paid|processing):(.*)$/;
/** Ends a walk over a list that never ends by itself. More orders than an account ever has. */
const MAX_OFFSET = 1_000_000;

/** Reads an opaque cursor of ours; null for one that we did not write. */
export function readOrderCursor(cursor: string | null): OrderPlace | null {
  if (cursor === null) return START;
  const [, state = null, rest = cursor] = STATE.exec(cursor) ?? [];
  const place = readPlace(rest);
  return place && { ...place, state: state as ListedState | null };
}

/** Where a walk over the orders in one state begins. */
export const startOf = (state: ListedState): OrderPlace => ({ ...START, state });

function readPlace(text: string): OrderPlace | null {
  if (text.startsWith("c:") && text.length > 2) {
    return { state: null, mode: "cursor", cursor: text.slice(2) };
  }
  const [, offset, seenTo, beganWith = null] = OFFSET.exec(text) ?? [];
  if (beganWith === null) return null;
  return {
    state: null,
    mode: "offset",
    offset: Number(offset),
    seenTo: Number(seenTo),
    beganWith,
  };
}

/** The query that asks for the page at `at`. */
export function orderPlaceQuery(at: OrderPlace): Record<string, string> {
  const filter: Record<string, string> = at.state === null ? {} : { status: wordOf(at.state) };
  const limit = String(limits.orderPageRows);
  return at.mode === "cursor"
    ? { ...filter, limit, cursor: at.cursor }
    : { ...filter, limit, offset: String(at.offset) };
}

/**
 * One page of the account's orders. Whoever reads them concludes from an order's absence, so this is
 * stricter than other lists about where one ends: at the envelope's `total`, or else where a page
 * brings no new row. A page of another size than was asked for is no end, for the supplier may have
 * a page size of its own.
 * Rows without an id are left out; a page on which no row is understood is a problem.
 */
export function readOrderPage(
  answer: Json,
  at: OrderPlace,
  apiKey: string,
): Read<Page<SupplierOrder>> {
  const list = unwrapList(answer);
  if (list === null) return { ok: false, problem: "the answer holds no list" };
  const { rows, envelope } = list;
  if (rows.length > MAX_ROWS) {
    return { ok: false, problem: "the list is longer than was asked for" };
  }
  const items = rows.map((row) => mapOrder(row, apiKey)).filter((order) => order !== null);
  const [first] = items;
  if (first === undefined) {
    return rows.length === 0
      ? { ok: true, value: { items, next: null } }
      : { ok: false, problem: "no entry of the list is understood" };
  }
  const next = nextPlace(envelope, at, rows.length, first.supplierOrderId);
  if (next === "stuck") return { ok: false, problem: "the list does not move on" };
  return { ok: true, value: { items, next: next && writeOrderCursor(next) } };
}

function nextPlace(
  envelope: Envelope,
  at: OrderPlace,
  rows: number,
  beginsWith: string,
): OrderPlace | "stuck" | null {
  const { state } = at;
  const cursor = cursorIn(envelope);
  if (cursor !== null) {
    return at.mode === "cursor" && at.cursor === cursor
      ? "stuck"
      : { state, mode: "cursor", cursor };
  }
  if (at.mode === "cursor") return null;
  if ((countFrom(envelope.offset) ?? at.offset) !== at.offset) return "stuck";
  const asked = limits.orderPageRows;
  if (beginsWith === at.beganWith) {
    // The same page again: `offset` is ignored. Unless a limit cut it, it was the whole list.
    return rows === asked ? "stuck" : null;
  }
  const seenTo = at.offset + rows;
  if (seenTo <= at.seenTo) return null;
  const total = countFrom(envelope.total);
  // A total that equals a full first page may only count that page.
  const isTold = total !== null && (total > rows || rows < asked);
  if (isTold && seenTo >= total) return null;
  const offset = Math.max(at.offset + 1, seenTo - limits.orderPageOverlap);
  return offset > MAX_OFFSET
    ? "stuck"
    : { state, mode: "offset", offset, seenTo, beganWith: beginsWith };
}

function writeOrderCursor(place: OrderPlace): string {
  const filter = place.state === null ? "" : `s:${place.state}:`;
  if (place.mode === "cursor") return `${filter}c:${place.cursor}`;
  return `${filter}o:${place.offset}:${place.seenTo}:${place.beganWith}`;
}
