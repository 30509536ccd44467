/**
 * The border with every supplier: what Keyhold asks of one, and how each answer is classed.
 *
 * Adapters turn HTTP into these values and know nothing of our tables. Foreign ids, words and
 * payloads stop here: whatever is not understood travels as `raw`, never as a guess.
 */

import type { Json } from "#lib/platform/json.ts";

export type { Json };

/** Where a supplier order stands, in our words. An unknown supplier word is `unknown`: never terminal. */
export type SupplierOrderState =
  | "awaiting_payment"
  | "paid"
  | "processing"
  | "completed"
  | "cancelled"
  | "failed"
  /** The money came back, whatever the order had come to. */
  | "refunded"
  | "unknown";

/** Where a paid order waits for its codes: the states that a list may be asked for. */
export type ListedState = Extract<SupplierOrderState, "paid" | "processing">;

/** One delivered entry (a code, an account, activation data), in the supplier's order. */
export type SupplierCode = {
  /** Zero-based place among the item's entries; together with the item it names the code for ever. */
  position: number;
  /** What a person copies: the code itself, or the JSON text where no known field holds it. */
  value: string;
  /** The entry exactly as sent, so that nothing is lost to our reading of it. */
  raw: Json;
};

export type SupplierOrderItem = {
  /** The supplier's product id, or null where the answer does not name it. */
  productId: string | null;
  /** Null where the answer does not say. */
  quantity: number | null;
  /** What was asked for beside the product, values as text; null where the answer doesn't show it. */
  note: Record<string, string> | null;
  error: string | null;
  codes: SupplierCode[];
};

export type SupplierOrder = {
  supplierOrderId: string;
  state: SupplierOrderState;
  /** The supplier's own word, kept beside ours. */
  word: string;
  cancelReason: string | null;
  /** In the order in which they were asked for. */
  items: SupplierOrderItem[];
  /** Decimal text, or null where the answer does not say. */
  totalPrice: string | null;
  currency: string | null;
  /** Null where the answer does not say. */
  isMock: boolean | null;
  /** The answer names a total or a currency that can't be read, which is not the same as none. */
  isPriceUnclear: boolean;
  paymentExpiresAt: Date | null;
  /** The page at which whoever ordered pays, where Keyhold doesn't: as good as a secret, never in `redacted`. */
  paymentUrl: string | null;
  /** The supplier's clock, or null where the answer has no time of creation. */
  createdAt: Date | null;
  /** The whole answer with every code replaced by a mask: safe to store and to show to admins. */
  redacted: Json;
};

/** Why a supplier clearly said no. `transient` is a failure proved to have had no effect. */
export type RefusalClass =
  | "auth"
  | "balance"
  | "price_changed"
  | "out_of_stock"
  | "validation"
  | "not_found"
  | "conflict"
  | "payment_not_possible"
  | "rate_limited"
  | "transient"
  | "unknown";

export type Refusal = {
  class: RefusalClass;
  /** The supplier's stable code where it gave one, e.g. `BALANCE_NOT_ENOUGH`. */
  code: string | null;
  /** The supplier's own words, cut to 500 characters; shown to staff as they are. */
  detail: string;
  httpStatus: number | null;
  /** Only for `rate_limited`: how long the whole account has to stay silent, 1 s to 1 h. */
  retryAfterMs?: number;
};

/** When a call happened, by two clocks. */
export type CallTiming = {
  /** Ours, right before the first byte of the request was written; null where none was. */
  firstByteAt: Date | null;
  /** The supplier's own (`Date` header), when it answered; null where it doesn't say. */
  supplierClock: Date | null;
};

/**
 * How a call ended. `refused` had no effect at the supplier; `unknown` may have had one and is
 * never sent again before it has been looked into.
 */
export type Outcome<T> = (
  | { kind: "accepted"; value: T }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "unknown"; reason: string; httpStatus: number | null }
) & { timing?: CallTiming };

/** Bounds of a call that may cost money. */
export type SendLimits = {
  /** Not one byte is written after this: whoever asked may have lost the right to send by then. */
  notAfter: Date;
};

export type NewSupplierOrder = {
  /** Ours, unique for ever: the id of the order here. Sent where the supplier takes one. */
  reference: string;
  items: { productId: string; quantity: number; note: Record<string, string | number> | null }[];
  isMock: boolean;
  /** Price guard: the supplier has to refuse when the order would cost anything else. */
  totalPrice: string | null;
  currency: string;
};

export type SupplierBalance = {
  /** Upper-case, e.g. `USD`. */
  currency: string;
  available: string;
  reserved: string;
  pending: string;
};

export type SupplierCategory = {
  id: string;
  name: string;
  slug: string;
  parentId: string | null;
  hasProducts: boolean;
};

export type NoteField = {
  name: string;
  type: "string" | "integer" | "number" | "email" | "select";
  /** Only for `select`. */
  options: string[];
};

export type SupplierProduct = {
  id: string;
  name: string;
  slug: string | null;
  description: string | null;
  categoryId: string | null;
  /** ISO country code or the supplier's region word; null where not said. */
  region: string | null;
  faceValue: string | null;
  faceCurrency: string | null;
  price: string;
  currency: string;
  /** Null means "not reported", not zero. */
  stock: number | null;
  minQuantity: number;
  /** Null means no limit stated. */
  maxQuantity: number | null;
  noteFields: NoteField[];
  /** Top-ups and services deliver nothing to hand out. */
  isService: boolean;
  userGuide: string | null;
};

/** One page of a walk. `next` is opaque, may be stored, and is null on the last page. */
export type Page<T> = { items: T[]; next: string | null };

/**
 * What one page of a search by our reference came to. `none`: as far as the supplier knows now there is no such
 * order, and all that could have shown it was read. `more`: it isn't on this page; `next` is opaque and may be stored.
 */
export type SearchPage =
  | { kind: "order"; order: SupplierOrder }
  | { kind: "none" }
  | { kind: "more"; next: string };

/** What calls are signed with, where it has to be asked for first. */
export type SignIn = {
  /** There is nothing to sign with, or it ends soon. */
  isDue(): boolean;
  /** Asks for it, by one request. Where that fails, the next call says why, and sends nothing. */
  ask(): Promise<Outcome<null>>;
};

/**
 * What an account's API is like, as its adapter declares it. Whoever places, polls or reconciles reads
 * these, never a supplier's name. What an operation isn't offered for, it refuses (`notOffered`).
 */
export type SupplierTraits = {
  /** `none`: an order that the supplier takes is paid with its creation. */
  payStep: "separate" | "none";
  /** `reference`: a create that is repeated under the same reference makes nothing new. Trusted only where a person says so. */
  duplicateGuard: "none" | "reference";
  /** `findOrder` answers by our reference. */
  findsByReference: boolean;
  /** `getOrder` answers. Without it, orders are known by what the supplier tells alone. */
  readsOrders: boolean;
  /** `listOrders` answers, with all orders of the account. */
  listsOrders: boolean;
  /** Where codes stand: in the order, in an answer of their own that `getOrder` fetches too, or nowhere. */
  codes: "inline" | "separate" | "none";
  /** An order may be fulfilled in part. */
  partial: boolean;
  /** How orders that cost nothing are made: by a flag of the order, on another host, or not at all. */
  testMode: "flag" | "host" | "none";
  balance: "none" | "single" | "currencies";
  /** It refuses an order that would cost anything but the price sent along. */
  priceGuard: boolean;
  /** `listCategories`, `listProducts` and `getProduct` answer. */
  catalog: boolean;
  /** Products ask for further fields (an account to top up). */
  inputFields: boolean;
  /** An order can be cancelled. Keyhold doesn't; staff should know. */
  cancels: boolean;
  /** Whether it calls us: by messages that say that something happened, or by messages with all of it. */
  push: "none" | "thin" | "full";
  /** It tells through a socket that a worker holds open. */
  socket: boolean;
};

/**
 * A supplier account, ready to be called. A method makes one request at the most, since each has to be paid for out of
 * the account's budget. None retries, and none throws for what a supplier may answer.
 */
export type Supplier = {
  readonly traits: SupplierTraits;
  /** Left out where each call proves itself. Whoever calls asks it first: `SupplierAccounts.call` does. */
  readonly signIn?: SignIn;
  /** Creates an order; it is not paid yet where the supplier has a pay step. */
  createOrder(order: NewSupplierOrder, limits: SendLimits): Promise<Outcome<SupplierOrder>>;
  /** Pays from the account's balance. The answer may or may not carry the order. */
  payOrder(supplierOrderId: string, limits: SendLimits): Promise<Outcome<SupplierOrder | null>>;
  getOrder(supplierOrderId: string): Promise<Outcome<SupplierOrder>>;
  /** Searches for the order made under our reference, one page at a time; `search-pages.ts` of `orders` goes on. */
  findOrder(reference: string, cursor: string | null): Promise<Outcome<SearchPage>>;
  /**
   * All orders of the account, mock ones too, as the supplier sorts them (newest first as far as is
   * known). Neighbouring pages overlap by a few rows, since new orders push the others along.
   * @param state where given with no cursor, only the orders in that state are asked for; the cursor
   *   remembers it. Whether the supplier minds it, the rows show.
   */
  listOrders(cursor: string | null, state?: ListedState): Promise<Outcome<Page<SupplierOrder>>>;
  getBalances(): Promise<Outcome<SupplierBalance[]>>;
  getProduct(productId: string): Promise<Outcome<SupplierProduct>>;
  listCategories(cursor: string | null): Promise<Outcome<Page<SupplierCategory>>>;
  listProducts(categoryId: string, cursor: string | null): Promise<Outcome<Page<SupplierProduct>>>;
  /** Frees sockets; calls in flight are finished first. */
  close(): Promise<void>;
};
