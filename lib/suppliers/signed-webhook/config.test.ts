import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signedWebhookConfig } from "./config.ts";
import { signedWebhookKind } from "./kind.ts";
import { configured } from "./mapped.fixture.ts";

const BASE = {
  baseUrl: "https://supplier.example",
  currency: "USD",
  paths: { order: "/orders/{id}" },
  products: [{ sku: "a", name: "A", price: "1" }],
};

test("defaults follow the common guide", () => {
  const config = signedWebhookConfig.parse(BASE);
  expect(config).toMatchObject({
    auth: { by: "bearer" },
    paths: { create: "/orders", find: null, balance: null, catalog: null },
    signature: { scheme: "hmac_sha256", header: "x-signature", prefix: "sha256=" },
    tells: "hint",
    guardsReference: false,
  });
  expect(signedWebhookConfig.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

test.each<[string, object, string[], string]>([
  ["no address", { baseUrl: "supplier" }, ["baseUrl"], ""],
  ["a sign-in in it", { baseUrl: "https://a:b@x.example" }, ["baseUrl"], ""],
  ["no currency", { currency: "$" }, ["currency"], "wrong"],
  ["nothing to order", { products: [] }, ["products"], "required"],
  ["one twice", { products: [...BASE.products, ...BASE.products] }, ["products"], "taken"],
  ["orders that nobody can know", { paths: {} }, ["paths", "order"], "orders_unreadable"],
  [
    "told, unproved",
    { paths: {}, tells: "all", signature: null },
    ["paths", "order"],
    "orders_unreadable",
  ],
  [
    "told in full under a fixed secret",
    { tells: "all", signature: { scheme: "fixed_secret", header: "x-secret" } },
    ["tells"],
    "body_not_signed",
  ],
  [
    "guarded by what isn't sent",
    { guardsReference: true, create: { reference: null } },
    ["guardsReference"],
    "reference_not_sent",
  ],
  [
    "found by what isn't sent",
    { paths: { ...BASE.paths, find: "/f/{reference}" }, create: { reference: null } },
    ["paths", "find"],
    "reference_not_sent",
  ],
  ["a path without its id", { paths: { order: "/orders" } }, ["paths", "order"], "wrong"],
  ["a path to elsewhere", { paths: { order: "//x.example /{id}" } }, ["paths", "order"], "wrong"],
  ["a harmful field", { fields: { id: "a.__proto__" } }, ["fields", "id"], "wrong"],
  [
    "a header of the transport",
    { auth: { by: "header", header: "Host" } },
    ["auth", "header"],
    "wrong",
  ],
  ["a field nobody knows", { secret: "x" }, [], ""],
])("refused: %s", (_, wrong, path, message) => {
  const parsed = signedWebhookConfig.safeParse({ ...BASE, ...wrong });
  expect(parsed.success).toBe(false);
  const issue = parsed.error?.issues.find((one) => one.path.join() === path.join());
  expect(issue).toBeDefined();
  if (message !== "") expect(issue?.message).toBe(message);
});

describe("traits say what was configured", () => {
  const traitsOf = (more: Parameters<typeof configured>[0]) =>
    signedWebhookKind.connect({ config: configured(more), secrets: {}, now: () => new Date() })
      .supplier.traits;

  test("least", () => {
    expect(traitsOf({ signature: null })).toMatchObject({
      payStep: "none",
      duplicateGuard: "none",
      findsByReference: false,
      readsOrders: true,
      listsOrders: false,
      testMode: "none",
      balance: "none",
      priceGuard: false,
      push: "none",
    });
  });

  test("most", () => {
    expect(
      traitsOf({
        paths: { find: "/f/{reference}", balance: "/b" },
        create: { isMock: "test", total: "total", note: "fields" },
        guardsReference: true,
        tells: "all",
      }),
    ).toMatchObject({
      duplicateGuard: "reference",
      findsByReference: true,
      readsOrders: false,
      testMode: "flag",
      balance: "currencies",
      priceGuard: true,
      inputFields: true,
      push: "full",
    });
  });
});

test("a message is refused where no secret is set, and none is taken where no signature is", () => {
  const now = new Date();
  const open = (more: object) =>
    signedWebhookKind.connect({ config: configured(more), secrets: {}, now: () => now }).inbound;
  const headers = { get: () => "sha256=00" };
  expect(open({})?.verify(Buffer.from("{}"), headers, now)).toEqual({
    kind: "refused",
    why: "no_secret",
  });
  expect(open({ signature: null })).toBeNull();
});

test("a supplier whose orders are asked for by an id of ours can be described", () => {
  const more = {
    create: { reference: "RequestId", items: "Products", sku: "ProductId", quantity: "Quantity" },
    fields: { id: "requestId", reference: "requestId", codes: "cards", code: "cardCode" },
    statuses: { PartialFailed: "completed" },
    signature: { scheme: "standard_webhooks" },
  };
  expect(signedWebhookConfig.parse({ ...BASE, ...more })).toMatchObject({
    create: { reference: "RequestId", note: null },
    fields: { id: "requestId", pin: "pin" },
    statuses: { partialfailed: "completed" },
  });
});

test("a public key is asked for where messages are signed with a private one", () => {
  const problem = signedWebhookKind.secretProblem;
  const rsa = configured({ signature: { scheme: "rsa_sha256", header: "x-signature" } });
  expect(problem?.(rsa, "webhookSecret", null)).toBe("required");
  expect(problem?.(rsa, "webhookSecret", "no key")).toBe("public_key");
  expect(problem?.(configured(), "webhookSecret", null)).toBeNull();
  const pem = String(
    generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
      type: "spki",
      format: "pem",
    }),
  );
  expect(problem?.(rsa, "webhookSecret", pem)).toBeNull();
  expect(problem?.(rsa, "webhookSecret", `${pem}\n${pem}`)).toBeNull();
  const garbled = pem.replace(/\n.{20}/, "\n");
  expect(problem?.(rsa, "webhookSecret", `${pem}\n${garbled}`)).toBe("public_key");
  expect(problem?.(configured(), "webhookSecret", pem)).toBe("not_secret");
  expect(problem?.(configured(), "apiKey", null)).toBe("required");
  expect(problem?.(configured({ auth: { by: "none" } }), "apiKey", null)).toBeNull();
});
