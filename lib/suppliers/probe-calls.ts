import type { Core } from "#lib/platform/core.ts";
import type { NotCalled, SupplierAccount, SupplierAccounts } from "./account.ts";
import type {
  NewSupplierOrder,
  Outcome,
  Page,
  Refusal,
  SendLimits,
  SupplierOrder,
} from "./port.ts";
import type { CatalogueReads } from "./probe-product.ts";
import type { ProbeExtras } from "./probe-types.ts";

/** More is never asked for; what is left undone then stays unknown. */
export const MOST_CREATES = 8;
/** Between two writes: a probe is not in a hurry, and others may be at work with the account. */
const SPACING_MS = 1_000;
const SEND_WITHIN_MS = 30_000;
/** Others' calls come out of the same budget. */
const PATIENCE_MS = 30_000;

/** Ends a probe early; its message is a sentence for whoever started it. */
export class ProbeStopped extends Error {}

export type ProbeContext = {
  core: Core;
  accounts: SupplierAccounts;
  account: SupplierAccount;
  /** Null where the adapter has none. */
  extras: ProbeExtras | null;
  wait: (ms: number) => Promise<unknown>;
  /** Told of each mock order as soon as it is known, before anything else is asked. */
  remember: (order: SupplierOrder) => Promise<void>;
};

type MockOrder = Pick<NewSupplierOrder, "items">;
type Send = (order: NewSupplierOrder, limits: SendLimits) => Promise<Outcome<SupplierOrder>>;
/** Whether there is an order now is known. */
type Made = Exclude<Outcome<SupplierOrder>, { kind: "unknown" }>;

/**
 * The calls of one probe: mock orders only, few, spaced, and none after the supplier has asked for
 * silence. Every method throws `ProbeStopped` for what makes going on pointless or wrong.
 */
export function probeCalls(context: ProbeContext) {
  const { core, accounts, account, wait, remember } = context;
  const made: string[] = [];
  let creates = 0;

  async function call<T>(
    kind: "read" | "write",
    what: string,
    make: (supplier: SupplierAccount["supplier"]) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (kind === "write") await wait(SPACING_MS);
    const outcome: Outcome<T> | NotCalled = await accounts.call(
      core,
      account,
      { kind, slice: "purchase", what: `probe ${what}`, patienceMs: PATIENCE_MS },
      make,
    );
    if (outcome.kind === "not_called") {
      if (outcome.why === "silence") throw silence(outcome.silentMs);
      throw new ProbeStopped(
        "The account's budget of calls is used up by others. Probe again later.",
      );
    }
    if (outcome.kind === "refused") {
      const { refusal } = outcome;
      if (refusal.class === "rate_limited") throw silence(refusal.retryAfterMs ?? 0);
      if (refusal.class === "auth") {
        throw new ProbeStopped(`The supplier refuses the API key: ${refusal.detail}`);
      }
      if (refusal.class === "transient") throw new ProbeStopped(sentence(refusal.detail));
    }
    return outcome;
  }

  const limits = () => ({ notAfter: new Date(core.now().getTime() + SEND_WITHIN_MS) });

  async function send(order: MockOrder, how: Send): Promise<Outcome<SupplierOrder>> {
    if (creates >= MOST_CREATES) throw new ProbeStopped("Enough mock orders were made.");
    creates++;
    const { currency } = account;
    const rest = { reference: core.newId(), isMock: true, totalPrice: null, currency };
    const mock: NewSupplierOrder = { ...order, ...rest };
    return call("write", "create", () => how(mock, limits()));
  }

  /** Makes a mock order, as the port does or otherwise. What came back is remembered before it is judged. */
  async function create(
    order: MockOrder,
    how: Send = (mock, bounds) => account.supplier.createOrder(mock, bounds),
  ): Promise<Made> {
    const outcome = await send(order, how);
    if (outcome.kind === "unknown") {
      throw new ProbeStopped(
        `The answer to a mock order is unclear (${outcome.reason}). Should that order appear among the ` +
          "supplier's, mark it as foreign; then probe again.",
      );
    }
    if (outcome.kind === "accepted") await adopt(outcome.value);
    return outcome;
  }

  /** An order that this probe made. Ends the probe where it turns out to be a real one. */
  async function adopt(order: SupplierOrder): Promise<void> {
    const { supplierOrderId } = order;
    if (!isMade(supplierOrderId)) made.push(supplierOrderId);
    await remember(order);
    refuseReal(order);
  }

  const isMade = (id: string) => made.some((one) => isSameId(one, id));

  function refuseReal({ supplierOrderId, isMock }: SupplierOrder): void {
    if (isMock !== false || !isMade(supplierOrderId)) return;
    throw new ProbeStopped(
      `Supplier order ${supplierOrderId} was asked for as a mock order and is a real one. ` +
        "Nothing more is tried with this account; look after that order by hand.",
    );
  }

  /** The first pages of orders as the supplier lists them; null where they can't be read. */
  async function list(pages: number): Promise<SupplierOrder[] | null> {
    const rows: SupplierOrder[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pages; page++) {
      const at: string | null = cursor;
      const outcome: Outcome<Page<SupplierOrder>> = await call("read", "list", (supplier) =>
        supplier.listOrders(at),
      );
      if (outcome.kind !== "accepted") return null;
      outcome.value.items.forEach(refuseReal);
      rows.push(...outcome.value.items);
      cursor = outcome.value.next;
      if (cursor === null) break;
    }
    return rows;
  }

  async function read(id: string): Promise<SupplierOrder | null> {
    const outcome = await call("read", "look", (supplier) => supplier.getOrder(id));
    if (outcome.kind !== "accepted") return null;
    refuseReal(outcome.value);
    return outcome.value;
  }

  const value = <T>(outcome: Outcome<T>): T | null =>
    outcome.kind === "accepted" ? outcome.value : null;

  const catalogue: CatalogueReads = {
    categories: async (cursor) =>
      value(await call("read", "categories", (supplier) => supplier.listCategories(cursor))),
    products: async (id) =>
      value(await call("read", "products", (supplier) => supplier.listProducts(id, null))),
    product: async (id) =>
      value(await call("read", "product", (supplier) => supplier.getProduct(id))),
  };

  return {
    made,
    create,
    /** As `create`, for a sender that doesn't wait for the answer. */
    createUnheard: send,
    adopt,
    list,
    read,
    catalogue,
    pay: (id: string) => call("write", "pay", (supplier) => supplier.payOrder(id, limits())),
    balances: async () =>
      value(await call("read", "balances", (supplier) => supplier.getBalances())),
    wait,
  };
}

export type ProbeCalls = ReturnType<typeof probeCalls>;

function silence(ms: number): ProbeStopped {
  const seconds = Math.ceil(ms / 1_000);
  return new ProbeStopped(
    `The supplier asks for silence, for ${seconds} s. Probe again after that.`,
  );
}

const sentence = (detail: string): string =>
  `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? "" : "."}`;

/** Suppliers may spell their ids in either case. */
export const isSameId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** A refusal in words. */
export const refused = (refusal: Refusal): string =>
  `${refusal.code ? `${refusal.code}: ` : ""}${refusal.detail}`;
