import { isSameReference } from "../http/same-reference.ts";
import type { CallTiming, Outcome, Page, SupplierOrder } from "../port.ts";
import type { ListedOrder } from "./order-list.ts";

/** Calls that one search makes at most. An account that made more orders since then is not searched to the end. */
const MOST_PAGES = 5;
/** What is older than the reference by this was made before it, whatever the supplier's clock says. */
const OLDER_BY_MS = 24 * 60 * 60_000;
const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The order made under our reference. OZZOBiT can't be asked for one, but its list names the reference of each order:
 * that is read, newest first, until orders come that are older than the reference. "None" is said only where the list
 * was read that far; a search that had to stop before that knows nothing.
 */
export async function findOrder(
  reference: string,
  listPage: (cursor: string | null) => Promise<Outcome<Page<ListedOrder>>>,
): Promise<Outcome<SupplierOrder | null>> {
  const madeAt = timeOf(reference);
  let cursor: string | null = null;
  let newestYet = Number.POSITIVE_INFINITY;
  let timing: CallTiming | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const listed: Outcome<Page<ListedOrder>> = await listPage(cursor);
    if (listed.kind !== "accepted") return withoutList(listed);
    const { items, next } = listed.value;
    const found = items.find((row) => isSameReference(row.reference, reference));
    timing = listed.timing;
    if (found) return { kind: "accepted", value: found.order, ...(timing && { timing }) };
    const oldest = oldestOf(items, newestYet);
    const isPast = madeAt !== null && oldest !== null && oldest < madeAt - OLDER_BY_MS;
    if (next === null || isPast)
      return { kind: "accepted", value: null, ...(timing && { timing }) };
    newestYet = oldest ?? Number.NEGATIVE_INFINITY;
    cursor = next;
  }
  return {
    kind: "unknown",
    reason: "the list of orders is too long to be searched for the reference",
    httpStatus: null,
    ...(timing && { timing }),
  };
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
function oldestOf(items: readonly ListedOrder[], newestYet: number): number | null {
  let oldest = newestYet;
  for (const { order } of items) {
    const at = order.createdAt?.getTime();
    if (at === undefined || at > oldest) return null;
    oldest = at;
  }
  return oldest;
}

/** When a reference of ours was made: it is an id that begins with its time. */
function timeOf(reference: string): number | null {
  if (!VERSION_7.test(reference)) return null;
  return Number.parseInt(reference.slice(0, 8) + reference.slice(9, 13), 16);
}
