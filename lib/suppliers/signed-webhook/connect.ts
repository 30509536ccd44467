import { pathSegment } from "../http/address.ts";
import { limits } from "../http/limits.ts";
import { type ApiOptions, openApi } from "../http/open-api.ts";
import { unknownPlace, unsendable } from "../http/unsendable.ts";
import { notOffered } from "../not-offered.ts";
import type {
  Outcome,
  Page,
  SearchPage,
  Supplier,
  SupplierOrder,
  SupplierProduct,
} from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { createBody } from "./create-body.ts";
import { knownCodes, plainCode } from "./known-words.ts";
import { ALL_PRODUCTS, fixedProducts, readCatalog } from "./products.ts";
import { readBalances, readCreated, readFound, readOrder } from "./read-answers.ts";
import { orderReader } from "./read-order.ts";
import { traitsOf } from "./traits-of.ts";

export type SignedWebhookAccount = {
  config: SignedWebhookConfig;
  /** Null: its API asks for none, or none has been given. */
  apiKey: string | null;
  /** What it signs its messages with: never repeated to anybody. */
  webhookSecrets: readonly string[];
} & Pick<ApiOptions, "timeouts" | "now" | "open" | "connector">;

/** Sends nothing by itself; whoever has the answer in hand already. */
const known = <T>(value: T): Promise<Outcome<T>> =>
  Promise.resolve({
    kind: "accepted",
    value,
    timing: { firstByteAt: null, supplierClock: null },
  });

/** An account at a supplier that is known by its configuration alone. Opens no connection yet. */
export function connectSignedWebhook(account: SignedWebhookAccount): Supplier {
  const { config, apiKey, webhookSecrets, ...carried } = account;
  const { paths } = config;
  const secrets = [...(apiKey === null ? [] : [apiKey]), ...webhookSecrets];
  const reader = orderReader(config, secrets);
  const absent = new Set(config.absentCodes.map(plainCode));
  const { call, callById, close } = openApi({
    ...carried,
    baseUrl: config.baseUrl,
    codes: knownCodes(config.errors),
    secrets: () => secrets,
    headers: () => authOf(config.auth, apiKey),
  });

  /** "None" only in the supplier's own word for it: a wrong path is answered with a 404 too. */
  function orNone(outcome: Outcome<SupplierOrder | null>): Outcome<SearchPage> {
    if (outcome.kind === "accepted") {
      const { value: order } = outcome;
      return { ...outcome, value: order ? { kind: "order", order } : { kind: "none" } };
    }
    if (outcome.kind !== "refused" || outcome.refusal.class !== "not_found") return outcome;
    const { code, detail, httpStatus } = outcome.refusal;
    const { timing } = outcome;
    return code !== null && absent.has(plainCode(code))
      ? { kind: "accepted", value: { kind: "none" }, ...(timing && { timing }) }
      : { kind: "unknown", reason: detail, httpStatus, ...(timing && { timing }) };
  }

  const listProducts = async (): Promise<Outcome<Page<SupplierProduct>>> =>
    paths.catalog === null
      ? known({ items: fixedProducts(config), next: null })
      : call({ path: paths.catalog, maxBytes: limits.listBytes }, (json) =>
          readCatalog(json, config),
        );

  return {
    traits: traitsOf(config),
    createOrder: async (order, { notAfter }) => {
      if (config.auth.by !== "none" && apiKey === null) return unsendable("there is no API key");
      const said = createBody(order, config);
      if (!said.ok) return unsendable(said.why);
      const { referenceHeader } = config.create;
      const headers = referenceHeader === null ? {} : { [referenceHeader]: order.reference };
      return call({ path: paths.create, body: said.body, headers, notAfter }, (json) =>
        readCreated(json, reader, order.reference),
      );
    },
    payOrder: () => notOffered("payment"),
    getOrder: (id) => {
      const { order } = paths;
      return order === null
        ? notOffered("single orders")
        : callById(
            id,
            (segment) => ({ path: order.replace("{id}", () => segment) }),
            (json) => readOrder(json, reader, id),
          );
    },
    findOrder: async (reference, cursor) => {
      if (paths.find === null) return notOffered("search by our own reference");
      // It answers at once, so there is no second page.
      if (cursor !== null) return unknownPlace();
      const segment = pathSegment(reference);
      if (segment === null) return unsendable("the reference cannot stand in a path");
      const path = paths.find.replace("{reference}", () => segment);
      return orNone(
        await call({ path, maxBytes: limits.listBytes }, (json) =>
          readFound(json, reader, config.fields, reference),
        ),
      );
    },
    listOrders: () => notOffered("list of orders"),
    getBalances: async () =>
      paths.balance === null
        ? notOffered("balance")
        : call({ path: paths.balance }, (json) => readBalances(json, config)),
    getProduct: async (id) => {
      const page = await listProducts();
      if (page.kind !== "accepted") return page;
      const product = page.value.items.find((one) => one.id === id);
      const { timing } = page;
      if (product) return { kind: "accepted", value: product, ...(timing && { timing }) };
      const refusal = {
        class: "not_found",
        code: null,
        detail: "The catalogue has no such product.",
        httpStatus: null,
      } as const;
      return { kind: "refused", refusal, ...(timing && { timing }) };
    },
    listCategories: async (cursor) =>
      cursor === null ? known({ items: [ALL_PRODUCTS], next: null }) : unknownPlace(),
    listProducts: async (categoryId, cursor) => {
      if (cursor !== null) return unknownPlace();
      return categoryId === ALL_PRODUCTS.id ? listProducts() : known({ items: [], next: null });
    },
    close,
  };
}

function authOf(auth: SignedWebhookConfig["auth"], apiKey: string | null): Record<string, string> {
  if (apiKey === null || auth.by === "none") return {};
  return auth.by === "bearer" ? { authorization: `Bearer ${apiKey}` } : { [auth.header]: apiKey };
}
