import { readAfter, readInstant, readSearch, toQuery } from "#components/live/read-address.ts";
import { ORDER_STATUSES, type OrderStatus } from "#lib/orders/lifecycle.ts";

/** What the order list shows, as its address says it. */
export type ListFilter = {
  status: OrderStatus[];
  /** Only orders with something that a person should see. */
  attention: boolean;
  /** Only orders whose last look failed. */
  retrying: boolean;
  /** Only orders whose next look is more than a minute late. */
  overdue: boolean;
  /** Only orders that have come to their end since, or whose money has come back since. */
  finishedSince: string | null;
  /** Only orders that were paid for since, and whose money hasn't come back. */
  paidSince: string | null;
  currency: string | null;
  mock: MockChoice;
  search: string;
  /** The id after which this page goes on; null on the newest page. */
  after: string | null;
};

export const mockChoices = ["all", "only", "without"] as const;
export type MockChoice = (typeof mockChoices)[number];

/** The names in the address, the same as those of the live route. */
export const filterNames = [
  "status",
  "attention",
  "retrying",
  "overdue",
  "finishedSince",
  "paidSince",
  "currency",
  "mock",
  "search",
  "after",
] as const;
export type RawFilter = Record<(typeof filterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export function readFilter(raw: RawFilter): ListFilter {
  const wanted = raw.status?.split(",") ?? [];
  return {
    status: ORDER_STATUSES.filter((status) => wanted.includes(status)),
    attention: raw.attention === "1",
    retrying: raw.retrying === "1",
    overdue: raw.overdue === "1",
    finishedSince: readInstant(raw.finishedSince),
    paidSince: readInstant(raw.paidSince),
    currency: /^[A-Z0-9]{2,10}$/.test(raw.currency ?? "") ? raw.currency : null,
    mock: raw.mock === "only" || raw.mock === "without" ? raw.mock : "all",
    search: readSearch(raw.search),
    after: readAfter(raw.after),
  };
}

/** The other way round; null for whatever needn't stand in the address. */
export function writeFilter(filter: ListFilter): RawFilter {
  return {
    status: filter.status.join(",") || null,
    attention: filter.attention ? "1" : null,
    retrying: filter.retrying ? "1" : null,
    overdue: filter.overdue ? "1" : null,
    finishedSince: filter.finishedSince,
    paidSince: filter.paidSince,
    currency: filter.currency,
    mock: filter.mock === "all" ? null : filter.mock,
    search: filter.search.trim() || null,
    after: filter.after,
  };
}

/** The query string, always in the same order: it is the key under which the list is kept. */
export const queryOf = (filter: ListFilter): string => toQuery(writeFilter(filter));

export const emptyFilter: ListFilter = readFilter({
  status: null,
  attention: null,
  retrying: null,
  overdue: null,
  finishedSince: null,
  paidSince: null,
  currency: null,
  mock: null,
  search: null,
  after: null,
});

/** Whether anything narrows the list; paging alone doesn't. */
export const isNarrowed = (filter: ListFilter): boolean =>
  queryOf({ ...filter, after: null }) !== "";
