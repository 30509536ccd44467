import {
  readAfter,
  readId,
  readInstant,
  readSearch,
  toQuery,
} from "#components/live/read-address.ts";
import { DELIVERY_STATES, type DeliveryState } from "#lib/deliveries/lifecycle.ts";
import { CHANNELS, type ChannelKind } from "#lib/deliveries/types.ts";
import { ALL_EVENT_TYPES, type EventType } from "#lib/events/types.ts";

/** What the list of deliveries shows, as its address says it. */
export type DeliveryListFilter = {
  state: DeliveryState[];
  /** Only what a person should see. */
  attention: boolean;
  channel: ChannelKind | null;
  /** An endpoint's id. */
  endpoint: string | null;
  type: EventType | null;
  /** An order's id. */
  order: string | null;
  /** Of an alert that tells of many orders. */
  alert: string | null;
  /** Why it failed, or was not sent. */
  reason: string | null;
  /** ISO; of what was made at or after it. */
  since: string | null;
  /** ISO; of what was made before it. */
  until: string | null;
  mock: MockChoice;
  search: string;
  /** The id after which this page goes on; null on the newest page. */
  after: string | null;
};

export const mockChoices = ["all", "only", "without"] as const;
export type MockChoice = (typeof mockChoices)[number];

/** The names in the address, the same as those of the live route. */
export const deliveryFilterNames = [
  "state",
  "attention",
  "channel",
  "endpoint",
  "type",
  "order",
  "alert",
  "reason",
  "since",
  "until",
  "mock",
  "search",
  "after",
] as const;
export type RawDeliveryFilter = Record<(typeof deliveryFilterNames)[number], string | null>;

const oneOf = <Value extends string>(known: readonly Value[], raw: string | null): Value | null =>
  known.find((value) => value === raw) ?? null;

/** Reads an address; junk in it is left out, never an error. */
export function readDeliveryFilter(raw: RawDeliveryFilter): DeliveryListFilter {
  const wanted = raw.state?.split(",") ?? [];
  return {
    state: DELIVERY_STATES.filter((state) => wanted.includes(state)),
    attention: raw.attention === "1",
    channel: oneOf(CHANNELS, raw.channel),
    endpoint: readId(raw.endpoint),
    type: oneOf(ALL_EVENT_TYPES, raw.type),
    order: readId(raw.order),
    alert: readId(raw.alert),
    reason: raw.reason && /^[a-z_]{1,40}$/.test(raw.reason) ? raw.reason : null,
    since: readInstant(raw.since),
    until: readInstant(raw.until),
    mock: raw.mock === "only" || raw.mock === "without" ? raw.mock : "all",
    search: readSearch(raw.search),
    after: readAfter(raw.after),
  };
}

/** The other way round; null for whatever needn't stand in the address. */
export function writeDeliveryFilter(filter: DeliveryListFilter): RawDeliveryFilter {
  return {
    ...filter,
    state: filter.state.join(",") || null,
    attention: filter.attention ? "1" : null,
    mock: filter.mock === "all" ? null : filter.mock,
    search: filter.search.trim() || null,
  };
}

/** The query string, always in the same order: it is the key under which the list is kept. */
export function deliveryQueryOf(filter: DeliveryListFilter): string {
  const raw = writeDeliveryFilter(filter);
  return toQuery(Object.fromEntries(deliveryFilterNames.map((name) => [name, raw[name]])));
}

/** Whether anything narrows the list; paging alone doesn't. */
export const isNarrowed = (filter: DeliveryListFilter): boolean =>
  deliveryQueryOf({ ...filter, after: null }) !== "";
