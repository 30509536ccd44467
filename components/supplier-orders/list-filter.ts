import { readSearch, toQuery } from "#components/live/read-address.ts";

/** Which supplier orders the list shows; `nobody` is what the page is for. */
export const shows = ["nobody", "foreign", "orphan", "ours", "all"] as const;
export type Show = (typeof shows)[number];

/** What the list shows, as its address says it. */
export type SupplierOrderListFilter = {
  show: Show;
  /** The beginning of a supplier's order id. */
  search: string;
  /** Where this page goes on, as the page before said it; null on the newest page. */
  after: string | null;
};

/** The names in the address, the same as those of the live route. */
export const filterNames = ["show", "search", "after"] as const;
export type RawFilter = Record<(typeof filterNames)[number], string | null>;

/** What the server gives out as a place to go on is shorter. */
const LONGEST_AFTER = 300;

/** Reads an address; junk in it is left out, never an error. */
export function readFilter(raw: RawFilter): SupplierOrderListFilter {
  const { after } = raw;
  return {
    show: shows.find((show) => show === raw.show) ?? "nobody",
    search: readSearch(raw.search),
    after: after && after.length <= LONGEST_AFTER ? after : null,
  };
}

/** The other way round; null for whatever needn't stand in the address. */
export function writeFilter(filter: SupplierOrderListFilter): RawFilter {
  return {
    show: filter.show === "nobody" ? null : filter.show,
    search: filter.search.trim() || null,
    after: filter.after,
  };
}

/** The query string, always in the same order: it is the key under which the list is kept. */
export const queryOf = (filter: SupplierOrderListFilter): string => toQuery(writeFilter(filter));
