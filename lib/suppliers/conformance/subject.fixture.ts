import type { Reply } from "../http/raw-server.fixture.ts";
import type { Inbound } from "../inbound.ts";
import type { Json, NewSupplierOrder, Supplier, SupplierOrderState } from "../port.ts";

/** A key of every account under test: it must never come back out. */
export const KEY = "key-1234567890";
export const CODE = "CODE-AAAA-1111";
export const ORDER_ID = "o-1";
export const REFERENCE = "0199-a-reference";

export type Facts = { word: string; codes: readonly string[]; id?: string; reference?: string };

/** What the suite has to know of an adapter to speak for its supplier. */
export type Subject = {
  name: string;
  /** An account at that address, under `KEY`. Opens no connection yet. */
  connect(baseUrl: string, options: { deadlineMs: number; now: () => Date }): Supplier;
  /** What it asks for. A quantity of 1 of `product_1`, unless the supplier wants otherwise. */
  newOrder: NewSupplierOrder;
  /** Its own words for where an order stands; those that it has. */
  words: Partial<Record<Exclude<SupplierOrderState, "unknown">, string>>;
  /** An order as it answers for `createOrder` and `getOrder`. */
  order(facts: Facts): Json;
  /** What it answers `findOrder` with; required where its traits say that it finds. */
  found?: { of(orders: Json[]): Json; none: { status: number; body: Json } };
  /** A refusal in its own words, under a code that means that the balance is too low. */
  refusal: { status: number; body: Json };
  /** Answers what goes before a call (a token); null where the request is the call itself. */
  before?(request: string): Reply | null;
  /** A message of an order, with what proves it; required where its traits say that it pushes. */
  push?: {
    inbound: Inbound;
    message(facts: Facts & { reference: string }): { raw: Buffer; headers: Record<string, string> };
  };
};
