import { pathSegment } from "../http/address.ts";
import { type ApiCall, type ApiOptions, openApi } from "../http/open-api.ts";
import type { Read } from "../http/outcome.ts";
import { unknownPlace, unsendable } from "../http/unsendable.ts";
import { notOffered } from "../not-offered.ts";
import type { Json, Outcome, Page, Supplier, SupplierTraits } from "../port.ts";
import type { OzzobitConfig } from "./config.ts";
import { createBody } from "./create-body.ts";
import { findOnPage } from "./find-order.ts";
import { fixedCatalog } from "./fixed-catalog.ts";
import { KNOWN_CODES } from "./known-codes.ts";
import { type Reading, readCreated, readOrder } from "./map-order.ts";
import { type ListedOrder, listPath, readListCursor, readListed } from "./order-list.ts";
import { type Signing, secretSigning, tokenSigning } from "./sign-in.ts";

export type OzzobitAccount = {
  config: OzzobitConfig;
  apiKey: string;
  apiSecret: string;
  /** Whether its messages can be told from anybody else's. */
  pushes: boolean;
} & Pick<ApiOptions, "timeouts" | "now" | "open" | "connector">;

/** A list of 100 orders with all their fields stays far below this. */
const LIST_BYTES = 4 * 1024 * 1024;

function traitsOf({ config, pushes }: OzzobitAccount): SupplierTraits {
  return {
    // The customer pays there, with money that never was ours.
    payStep: "none",
    // Nobody says what the same reference does twice.
    duplicateGuard: "none",
    findsByReference: true,
    readsOrders: true,
    listsOrders: true,
    codes: "none",
    partial: false,
    testMode: "none",
    balance: "none",
    priceGuard: false,
    catalog: true,
    inputFields: true,
    cancels: false,
    push: pushes ? "thin" : "none",
    socket: config.socketUrl !== null,
  };
}

/** An OZZOBiT account, ready to be called; opens no connection yet. */
export function connectOzzobit(account: OzzobitAccount): Supplier {
  const { config, apiKey, apiSecret, pushes: _, ...carried } = account;
  const { now = () => new Date() } = carried;
  const api = openApi({
    ...carried,
    baseUrl: config.baseUrl,
    codes: KNOWN_CODES,
    secrets: () => signing.secrets(),
    headers: () => ({}),
  });
  const signing: Signing =
    config.signIn === "token"
      ? tokenSigning({ apiKey, apiSecret }, api.call, now)
      : secretSigning({ apiKey, apiSecret });
  const reading = (): Reading => ({ config, secrets: signing.secrets() });

  /** A token that worked and is refused has ended: it isn't used again, and this call had no effect. */
  async function call<T>(to: ApiCall, read: (json: Json) => Read<T>): Promise<Outcome<T>> {
    const bearer = signing.bearer();
    if (bearer.kind === "none") return bearer.outcome;
    const headers = { authorization: `Bearer ${bearer.text}` };
    const outcome = await api.call({ ...to, headers }, read);
    const hasEnded = signing.note(bearer.text, statusOf(outcome)) === "ended";
    if (!hasEnded || outcome.kind !== "refused") return outcome;
    return { ...outcome, refusal: { ...outcome.refusal, class: "transient" } };
  }

  const listPage = async (cursor: string | null): Promise<Outcome<Page<ListedOrder>>> => {
    const at = readListCursor(cursor);
    if (at === null) return unknownPlace();
    return call({ path: listPath(at), maxBytes: LIST_BYTES }, (json) =>
      readListed(json, at, reading()),
    );
  };

  return {
    traits: traitsOf(account),
    ...(signing.signIn && { signIn: signing.signIn }),
    createOrder: async (order, { notAfter }) => {
      const made = createBody(order, config);
      if (made.kind === "problem") return unsendable(made.detail);
      return call({ path: "/api/v2/orders/create", body: made.body, notAfter }, (json) =>
        readCreated(json, order.reference, reading()),
      );
    },
    payOrder: () => notOffered("way to pay an order"),
    getOrder: async (id) => {
      const segment = pathSegment(id);
      if (segment === null) return unsendable("the id cannot stand in a path");
      return call({ path: `/api/v2/orders/${segment}` }, (json) => readOrder(json, id, reading()));
    },
    findOrder: (reference, cursor) => findOnPage(reference, cursor, listPage),
    listOrders: async (cursor) => {
      const listed = await listPage(cursor);
      if (listed.kind !== "accepted") return listed;
      const { items, next } = listed.value;
      return { ...listed, value: { items: items.map(({ order }) => order), next } };
    },
    getBalances: () => notOffered("balance"),
    ...fixedCatalog(config),
    close: () => api.close(),
  };
}

/** Null where it answered as it should, or not at all. */
function statusOf(outcome: Outcome<unknown>): number | null {
  if (outcome.kind === "accepted") return null;
  return outcome.kind === "unknown" ? outcome.httpStatus : outcome.refusal.httpStatus;
}
