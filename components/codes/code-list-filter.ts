import { readAfter, readSearch, toQuery } from "#components/live/read-address.ts";

/** What the code list shows, as its address says it. */
export type CodeListFilter = {
  search: string;
  /** Mock codes instead of real ones. */
  mock: boolean;
  /** The id after which this page goes on; null on the newest page. */
  after: string | null;
};

/** The names in the address, the same as those of the live route. */
export const codeFilterNames = ["search", "mock", "after"] as const;
export type RawCodeFilter = Record<(typeof codeFilterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export function readCodeFilter(raw: RawCodeFilter): CodeListFilter {
  return {
    search: readSearch(raw.search),
    mock: raw.mock === "only",
    after: readAfter(raw.after),
  };
}

/** The other way round; null for whatever needn't stand in the address. */
export function writeCodeFilter(filter: CodeListFilter): RawCodeFilter {
  return {
    search: filter.search.trim() || null,
    mock: filter.mock ? "only" : null,
    after: filter.after,
  };
}

/** The query string, always in the same order: it is the key under which the list is kept. */
export const codeQueryOf = (filter: CodeListFilter): string => toQuery(writeCodeFilter(filter));
