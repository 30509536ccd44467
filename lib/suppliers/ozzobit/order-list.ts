import { countFrom } from "../http/decimal-text.ts";
import { isObject } from "../http/is-object.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, Page, SupplierOrder } from "../port.ts";
import { mapOrder, type Reading, referenceIn } from "./map-order.ts";

/** The most that a page may have, by the supplier's papers. */
export const PAGE_ROWS = 100;
/** Ends a walk over a list that never ends by itself: a million orders. */
const MAX_PAGE = 10_000;
const CURSOR = /^p:(\d{1,5}):(\S{1,200})$/;

/** Where a walk stands: the page to be asked for, and with which order the page before began. */
export type ListPlace = { page: number; beganWith: string | null };

export type ListedOrder = { order: SupplierOrder; reference: string | null };

/** Reads an opaque cursor of ours; null for one that we did not write. */
export function readListCursor(cursor: string | null): ListPlace | null {
  if (cursor === null) return { page: 1, beganWith: null };
  const [, page, beganWith = null] = CURSOR.exec(cursor) ?? [];
  return page === undefined ? null : { page: Number(page), beganWith };
}

/**
 * Newest first, so that orders which are made meanwhile push others onto a later page and none is skipped. It is
 * never narrowed to a status: several words of theirs are one state of ours, and their list takes one word.
 */
export function listPath({ page }: ListPlace): string {
  const query = {
    page: String(page),
    limit: String(PAGE_ROWS),
    sortBy: "createdAt",
    order: "desc",
  };
  return `/api/v2/orders?${new URLSearchParams(query)}`;
}

/** One page with the reference of each order. Rows without an id are left out; none that is understood is a problem. */
export function readListed(answer: Json, at: ListPlace, reading: Reading): Read<Page<ListedOrder>> {
  const rows = Array.isArray(answer) ? answer : isObject(answer) ? answer.data : null;
  if (!Array.isArray(rows)) return { ok: false, problem: "the answer holds no list" };
  if (rows.length > PAGE_ROWS) {
    return { ok: false, problem: "the list is longer than was asked for" };
  }
  const items = rows.flatMap((row) => {
    const order = mapOrder(row, reading);
    return order ? [{ order, reference: referenceIn(row) }] : [];
  });
  const [first] = items;
  if (!first) {
    return rows.length === 0
      ? { ok: true, value: { items, next: null } }
      : { ok: false, problem: "no entry of the list is understood" };
  }
  const next = nextPlace(answer, at, rows.length, first.order.supplierOrderId);
  if (next === "stuck") return { ok: false, problem: "the list does not move on" };
  return {
    ok: true,
    value: { items, next: next && `p:${next.page}:${next.beganWith}` },
  };
}

/**
 * Whoever reads a list concludes from an order's absence, so it ends only where the supplier says that this was the
 * last page, or where a page brings nothing.
 */
function nextPlace(
  answer: Json,
  at: ListPlace,
  rows: number,
  beginsWith: string,
): ListPlace | "stuck" | null {
  const told = isObject(answer) && isObject(answer.pagination) ? answer.pagination : {};
  if ((countFrom(told.currentPage) ?? at.page) !== at.page) return "stuck";
  const last = countFrom(told.totalPages);
  const total = countFrom(told.totalItems);
  if (last !== null) {
    // Fewer pages than the orders need is no end that can be believed.
    const perPage = Math.max(1, countFrom(told.perPage) ?? rows);
    const isWhole = total === null || total <= Math.max(last, at.page) * Math.max(perPage, rows);
    if (at.page >= last) return isWhole ? null : "stuck";
  } else if (total !== null && (at.page - 1) * PAGE_ROWS + rows >= total && rows < PAGE_ROWS) {
    return null;
  }
  if (beginsWith === at.beganWith) {
    // The same page again: it has no pages. Unless a limit cut it, it was the whole list.
    return rows === PAGE_ROWS || last !== null ? "stuck" : null;
  }
  return at.page >= MAX_PAGE ? "stuck" : { page: at.page + 1, beganWith: beginsWith };
}
