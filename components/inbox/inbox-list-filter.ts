import { readAfter, readId, toQuery } from "#components/live/read-address.ts";
import {
  INBOX_STATES,
  type InboxFilter,
  type InboxState,
  TROUBLED_STATES,
} from "#lib/inbound/types.ts";

/** What the inbox shows, as its address says it. */
export type InboxListFilter = {
  state: InboxState | null;
  /** Only what a person should see. */
  attention: boolean;
  /** An account's slug. */
  supplier: string | null;
  /** An order's id. */
  order: string | null;
  /** The id after which this page goes on; null on the newest page. */
  after: string | null;
};

/** The names in the address, the same as those of the live route. */
export const inboxFilterNames = ["state", "attention", "supplier", "order", "after"] as const;
export type RawInboxFilter = Record<(typeof inboxFilterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export const readInboxFilter = (raw: RawInboxFilter): InboxListFilter => ({
  state: INBOX_STATES.find((state) => state === raw.state) ?? null,
  attention: raw.attention === "1",
  supplier: raw.supplier && /^[a-z0-9-]{1,64}$/.test(raw.supplier) ? raw.supplier : null,
  order: readId(raw.order),
  after: readAfter(raw.after),
});

/** The other way round; null for whatever needn't stand in the address. */
export const writeInboxFilter = (filter: InboxListFilter): RawInboxFilter => ({
  ...filter,
  attention: filter.attention ? "1" : null,
});

/** The states that are asked for; none: all. */
export function statesOf({ state, attention }: InboxListFilter): InboxState[] {
  if (state !== null) return [state];
  return attention ? [...TROUBLED_STATES] : [];
}

/** Whether it shows nothing but messages in trouble. */
export const isTroubled = (filter: InboxListFilter): boolean => {
  const states = statesOf(filter);
  return (
    states.length > 0 &&
    states.every((state) => TROUBLED_STATES.some((troubled) => troubled === state))
  );
};

/** The same filter as the verbs of the inbox take it. */
export function matchingOf(filter: InboxListFilter): InboxFilter {
  const states = statesOf(filter);
  return {
    ...(filter.supplier !== null && { slug: filter.supplier }),
    ...(states.length > 0 && { states }),
    ...(filter.order !== null && { orderId: filter.order }),
  };
}

/** The query string, always in the same order: it is the key under which the list is kept. */
export function inboxQueryOf(filter: InboxListFilter): string {
  const raw = writeInboxFilter(filter);
  return toQuery(Object.fromEntries(inboxFilterNames.map((name) => [name, raw[name]])));
}

/** Whether anything narrows the list; paging alone doesn't. */
export const isNarrowed = (filter: InboxListFilter): boolean =>
  inboxQueryOf({ ...filter, after: null }) !== "";
