import { LONGEST_SEARCH, readId, readSearch, toQuery } from "#components/live/read-address.ts";
import { CODE_STATES, type CodeState } from "#lib/codes/lifecycle.ts";

/** What the inventory shows, as its address says it. */
export type CodeListFilter = {
  /** The id of a stock product. */
  product: string | null;
  state: CodeState[];
  search: string;
  /** Only what is in stock and expires soon, the soonest first. */
  expiring: boolean;
  /** Mock codes instead of real ones. */
  mock: boolean;
  /** All products above the list instead of a few. */
  allProducts: boolean;
  /** Where this page goes on, as the page before said it; null on the first page. */
  after: string | null;
};

/** The names in the address, the same as those of the live routes. */
export const codeFilterNames = [
  "product",
  "state",
  "search",
  "expiring",
  "mock",
  "products",
  "after",
] as const;
export type RawCodeFilter = Record<(typeof codeFilterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export function readCodeFilter(raw: RawCodeFilter): CodeListFilter {
  const wanted = raw.state?.split(",") ?? [];
  const { after, product } = raw;
  return {
    product: readId(product),
    state: CODE_STATES.filter((state) => wanted.includes(state)),
    search: readSearch(raw.search),
    expiring: raw.expiring === "1",
    mock: raw.mock === "only",
    allProducts: raw.products === "all",
    after: after && after.length <= LONGEST_SEARCH ? after : null,
  };
}

/** The other way round; null for whatever needn't stand in the address. */
export function writeCodeFilter(filter: CodeListFilter): RawCodeFilter {
  return {
    product: filter.product,
    state: filter.state.join(",") || null,
    search: filter.search.trim() || null,
    expiring: filter.expiring ? "1" : null,
    mock: filter.mock ? "only" : null,
    products: filter.allProducts ? "all" : null,
    after: filter.after,
  };
}

/** The whole address's query string, always in the same order. */
export const addressOf = (filter: CodeListFilter): string => toQuery(writeCodeFilter(filter));

/** What of it the list of codes depends on: the key under which it is kept. */
export const codeQueryOf = (filter: CodeListFilter): string =>
  addressOf({ ...filter, allProducts: false });

/** What of it the products above depend on. */
export function stockQueryOf(filter: CodeListFilter): string {
  const { product, search, products } = writeCodeFilter(filter);
  return toQuery({ product, search, products });
}

/** Whether anything narrows the list of codes; paging alone doesn't. */
export const isNarrowed = (filter: CodeListFilter): boolean =>
  codeQueryOf({ ...filter, after: null }) !== "";
