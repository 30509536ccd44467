import { countFrom } from "../http/decimal-text.ts";
import { unwrapList } from "../http/envelope.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, Page } from "../port.ts";
import { limits } from "./limits.ts";

/** Where a walk stands: the supplier's own cursor, or a row number where it pages by offset. */
export type Place = { mode: "cursor"; cursor: string } | { mode: "offset"; offset: number };

const START: Place = { mode: "offset", offset: 0 };
const MAX_CURSOR_CHARS = 4_000;
/** Far more than a page was asked for: some endpoints answer with everything at once. */
export const MAX_ROWS = 1_000;
/** Ends a walk over a list that ignores `offset` and never gets shorter. */
const MAX_OFFSET = 200_000;

/** Reads an opaque cursor of ours; null for one that we did not write. */
export function readCursor(cursor: string | null): Place | null {
  if (cursor === null) return START;
  if (cursor.startsWith("c:") && cursor.length > 2)
    return { mode: "cursor", cursor: cursor.slice(2) };
  return /^o:\d{1,12}$/.test(cursor) ? { mode: "offset", offset: Number(cursor.slice(2)) } : null;
}

/** The query that asks for the page at `at`. */
export function placeQuery(at: Place): Record<string, string> {
  const limit = String(limits.pageRows);
  return at.mode === "cursor" ? { limit, cursor: at.cursor } : { limit, offset: String(at.offset) };
}

/**
 * One list page from a bare array or an envelope with `nextCursor?, limit?, offset?, total?`. Entries that
 * `map` does not understand are left out. A page on which nothing is understood, or that is not the
 * one asked for, is a problem: taken for the end, it would make the rest of the list look gone.
 */
export function readPage<T>(answer: Json, at: Place, map: (row: Json) => T | null): Read<Page<T>> {
  const list = unwrapList(answer);
  if (list === null) return { ok: false, problem: "the answer holds no list" };
  const { rows, envelope } = list;
  if (rows.length > MAX_ROWS)
    return { ok: false, problem: "the list is longer than was asked for" };
  const items = rows.map(map).filter((item) => item !== null);
  if (rows.length > 0 && items.length === 0) {
    return { ok: false, problem: "no entry of the list is understood" };
  }
  const next = nextPlace(envelope, at, rows.length);
  if (next === "stuck") return { ok: false, problem: "the list does not move on" };
  return { ok: true, value: { items, next: next && writeCursor(next) } };
}

export type Envelope = { [key: string]: Json };

function nextPlace(envelope: Envelope, at: Place, rows: number): Place | "stuck" | null {
  const cursor = cursorIn(envelope);
  if (cursor !== null) {
    return at.mode === "cursor" && at.cursor === cursor ? "stuck" : { mode: "cursor", cursor };
  }
  if (at.mode === "cursor") return null;
  if ((countFrom(envelope.offset) ?? at.offset) !== at.offset) return "stuck";
  const offset = at.offset + rows;
  if (rows === 0 || !hasMore(envelope, offset, rows)) return null;
  return offset <= MAX_OFFSET ? { mode: "offset", offset } : "stuck";
}

function hasMore(envelope: Envelope, offset: number, rows: number): boolean {
  const total = countFrom(envelope.total);
  if (total !== null) return offset < total;
  const full = Math.min(countFrom(envelope.limit) ?? limits.pageRows, limits.pageRows);
  // More rows than fit on a page were the whole list.
  return rows >= full && rows <= limits.pageRows;
}

/** The supplier's own place of the next page, where it pages so. */
export function cursorIn(envelope: Envelope): string | null {
  const cursor = envelope.nextCursor;
  const text = typeof cursor === "number" ? String(cursor) : cursor;
  const usable = typeof text === "string" && text !== "" && text.length <= MAX_CURSOR_CHARS;
  return usable ? text : null;
}

function writeCursor(place: Place): string {
  return place.mode === "cursor" ? `c:${place.cursor}` : `o:${place.offset}`;
}
