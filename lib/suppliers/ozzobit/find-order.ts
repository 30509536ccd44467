import { isSameReference } from "../http/same-reference.ts";
import { unknownPlace } from "../http/unsendable.ts";
import type { Outcome, Page, SearchPage } from "../port.ts";
import type { ListedOrder } from "./order-list.ts";

/** What is older than the reference by this was made before it, whatever the supplier's clock says. */
const OLDER_BY_MS = 24 * 60 * 60_000;
const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** The oldest order that was seen so far, and a place in the list. */
const CURSOR = /^s:(\d{1,16}|unsorted):(\S{1,250})$/;

/** Where a search stands. `newestYet`: nothing that is listed from here on may be newer; null where that was broken. */
type SearchPlace = { listCursor: string | null; newestYet: number | null };

/**
 * One page of the search for the order made under our reference. OZZOBiT can't be asked for one, but its list names the
 * reference of each order: that is read, newest first, until orders come that are older than the reference. "None" is
 * said only where the list was read that far, or to its end.
 */
export async function findOnPage(
  reference: string,
  cursor: string | null,
  listPage: (cursor: string | null) => Promise<Outcome<Page<ListedOrder>>>,
): Promise<Outcome<SearchPage>> {
  const at = readPlace(cursor);
  if (!at) return unknownPlace();
  const listed = await listPage(at.listCursor);
  if (listed.kind !== "accepted") return withoutList(listed);
  return { ...listed, value: judged(reference, listed.value, at.newestYet) };
}

function judged(
  reference: string,
  { items, next }: Page<ListedOrder>,
  newestYet: number | null,
): SearchPage {
  const found = items.find((row) => isSameReference(row.reference, reference));
  if (found) return { kind: "order", order: found.order };
  const madeAt = timeOf(reference);
  const oldest = oldestOf(items, newestYet);
  const isPast = madeAt !== null && oldest !== null && oldest < madeAt - OLDER_BY_MS;
  if (next === null || isPast) return { kind: "none" };
  const isTime = oldest !== null && Number.isSafeInteger(oldest) && oldest >= 0;
  return { kind: "more", next: `s:${isTime ? oldest : "unsorted"}:${next}` };
}

/** Null for a cursor that we did not write. */
function readPlace(cursor: string | null): SearchPlace | null {
  if (cursor === null) return { listCursor: null, newestYet: Number.POSITIVE_INFINITY };
  const [, newestYet, listCursor] = CURSOR.exec(cursor) ?? [];
  if (newestYet === undefined || listCursor === undefined) return null;
  return { listCursor, newestYet: newestYet === "unsorted" ? null : Number(newestYet) };
}

/** That there is no list says nothing of the order, and must not pass for "it isn't there". */
function withoutList(
  listed: Exclude<Outcome<Page<ListedOrder>>, { kind: "accepted" }>,
): Outcome<never> {
  if (listed.kind === "unknown" || listed.refusal.class !== "not_found") return listed;
  const { refusal, timing } = listed;
  return {
    kind: "unknown",
    reason: "the list of orders isn't there",
    httpStatus: refusal.httpStatus,
    ...(timing && { timing }),
  };
}

/** When the last of the rows was made, where all are in order and none is newer than what came before; else null. */
function oldestOf(items: readonly ListedOrder[], newestYet: number | null): number | null {
  let oldest = newestYet;
  for (const { order } of items) {
    const at = order.createdAt?.getTime();
    if (oldest === null || at === undefined || at > oldest) return null;
    oldest = at;
  }
  return oldest;
}

/** When a reference of ours was made: it is an id that begins with its time. */
function timeOf(reference: string): number | null {
  if (!VERSION_7.test(reference)) return null;
  return Number.parseInt(reference.slice(0, 8) + reference.slice(9, 13), 16);
}
