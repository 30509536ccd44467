import { z } from "zod";
import { baseAddress } from "../http/address.ts";
import { pushScheme } from "../push-schemes/push-scheme.ts";
import { EVENT_MEANINGS, KNOWN_STATES, plainWord } from "./known-words.ts";

/*
 * What an account of this kind is configured by: where its API is, how its fields are called, and how
 * its messages are signed. Defaults follow the common guide for webhooks of digital goods. What can't
 * work is refused with one word, by the field that has to change.
 */

const HARMFUL = new Set(["__proto__", "constructor", "prototype"]);

/** `data.order_id`, or several to be tried one after the other: `order_id|id`. */
const fieldPath = z
  .string()
  .trim()
  .max(200)
  .regex(/^[\w-]+(\.[\w-]+)*(\|[\w-]+(\.[\w-]+)*)*$/, "wrong")
  .refine((path) => path.split(/[.|]/).every((step) => !HARMFUL.has(step)), "wrong");

/** A field of a body that we write. */
const fieldName = z
  .string()
  .trim()
  .regex(/^[\w-]{1,60}$/, "wrong")
  .refine((name) => !HARMFUL.has(name), "wrong");

const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]{1,60}$/, "wrong")
  // These carry the message itself.
  .refine(
    (name) => !/^(host|connection|content-.*|transfer-encoding|upgrade|expect|te)$/.test(name),
    "wrong",
  );

const path = z
  .string()
  .trim()
  .max(500)
  .regex(/^\/[^\s#]*$/, "wrong");
const pathWith = (name: string) =>
  path.refine((text) => text.split(`{${name}}`).length === 2, "wrong");

const words = <T extends string>(meanings: readonly [T, ...T[]]) =>
  z
    .record(z.string().trim().min(1).max(100), z.enum(meanings))
    .transform((given) =>
      Object.fromEntries(
        Object.entries(given).map(([word, means]) => [plainWord(word), means as T]),
      ),
    );

const REFUSALS = [
  "auth",
  "balance",
  "price_changed",
  "out_of_stock",
  "validation",
  "not_found",
  "conflict",
] as const;

const amount = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,8})?$/, "wrong");

const noteField = z.strictObject({
  name: z.string().trim().min(1).max(60),
  type: z.enum(["string", "integer", "number", "email", "select"]).default("string"),
  options: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
});

const product = z.strictObject({
  sku: z
    .string()
    .trim()
    .regex(/^[^\s\p{C}]{1,200}$/u, "wrong"),
  name: z.string().trim().min(1).max(300),
  price: amount,
  region: z.string().trim().max(100).nullable().default(null),
  faceValue: amount.nullable().default(null),
  faceCurrency: z.string().trim().max(10).nullable().default(null),
  minQuantity: z.int().min(1).default(1),
  maxQuantity: z.int().min(1).nullable().default(null),
  noteFields: z.array(noteField).max(20).default([]),
  /** Nothing is delivered that could be handed out. */
  isService: z.boolean().default(false),
});

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2,10}$/, "wrong");

const paths = z.strictObject({
  create: path.default("/orders"),
  order: pathWith("id").nullable().default(null),
  /** Answers with a list of the orders under our reference, or with the one. */
  find: pathWith("reference").nullable().default(null),
  balance: path.nullable().default(null),
  /** All products in one answer. */
  catalog: path.nullable().default(null),
});

/** How the body of a create calls its fields; null: it isn't sent. */
const create = z.strictObject({
  reference: fieldName.nullable().default("reference"),
  /** A header that carries our reference too, such as `Idempotency-Key`. */
  referenceHeader: headerName.nullable().default(null),
  /** The list of lines; null: the supplier takes one line an order, beside the reference. */
  items: fieldName.nullable().default("items"),
  sku: fieldName.default("sku"),
  quantity: fieldName.default("quantity"),
  note: fieldName.nullable().default(null),
  currency: fieldName.nullable().default(null),
  /** A price guard: it refuses an order that would cost anything else. */
  total: fieldName.nullable().default(null),
  /** Set to true for orders that cost nothing. */
  isMock: fieldName.nullable().default(null),
  /** Sent with each order as they are. */
  constants: z
    .record(fieldName, z.union([z.string().max(500), z.number(), z.boolean()]))
    .default({}),
});

/** Where an order has its fields, in answers and messages alike. */
const fields = z.strictObject({
  /** The order in an answer; null: the whole, or what stands under `order`, `data` or `result`. */
  order: fieldPath.nullable().default(null),
  orders: fieldPath.default("orders|items|data|results"),
  id: fieldPath.default("order_id|id"),
  reference: fieldPath.default("reference"),
  status: fieldPath.default("status"),
  reason: fieldPath.default("reason"),
  total: fieldPath.default("total"),
  currency: fieldPath.default("currency"),
  isMock: fieldPath.default("test"),
  createdAt: fieldPath.default("created_at"),
  items: fieldPath.default("items"),
  /** Of an item. */
  sku: fieldPath.default("sku"),
  quantity: fieldPath.default("quantity"),
  error: fieldPath.default("error"),
  codes: fieldPath.default("codes"),
  /** Of an entry of `codes`, or of the item itself. */
  code: fieldPath.default("code"),
  pin: fieldPath.default("pin"),
  serial: fieldPath.default("serial"),
});

const message = z.strictObject({
  event: fieldPath.default("event"),
  eventId: fieldPath.default("event_id"),
  at: fieldPath.default("timestamp"),
  /** What it is about; null: the whole message. */
  data: fieldPath.nullable().default("data"),
  available: fieldPath.default("available|balance"),
});

const balance = z.strictObject({
  /** The list, where there is one of several currencies. */
  rows: fieldPath.default("balances|items|data"),
  available: fieldPath.default("available|balance"),
  reserved: fieldPath.default("reserved"),
  currency: fieldPath.default("currency"),
});

const catalog = z.strictObject({
  rows: fieldPath.default("products|items|data|results"),
  sku: fieldPath.default("sku|id"),
  name: fieldPath.default("name"),
  price: fieldPath.default("price"),
  currency: fieldPath.default("currency"),
  stock: fieldPath.default("stock"),
  region: fieldPath.default("region"),
  minQuantity: fieldPath.default("min_quantity"),
  maxQuantity: fieldPath.default("max_quantity"),
  isService: fieldPath.default("is_service"),
});

export const signedWebhookConfig = z
  .strictObject({
    baseUrl: baseAddress,
    currency,
    auth: z
      .discriminatedUnion("by", [
        z.strictObject({ by: z.literal("bearer") }),
        z.strictObject({ by: z.literal("header"), header: headerName }),
        z.strictObject({ by: z.literal("none") }),
      ])
      .default({ by: "bearer" }),
    paths: paths.prefault({}),
    create: create.prefault({}),
    fields: fields.prefault({}),
    message: message.prefault({}),
    balance: balance.prefault({}),
    catalog: catalog.prefault({}),
    /** Its words beside the common ones. */
    statuses: words(KNOWN_STATES).default({}),
    events: words(EVENT_MEANINGS).default({}),
    errors: z.record(z.string().trim().min(1).max(100), z.enum(REFUSALS)).default({}),
    /** Codes of a 404 that say that there is no order under our reference. Any other 404 says nothing. */
    absentCodes: z.array(z.string().trim().min(1).max(100)).max(20).default(["order_not_found"]),
    /** How its messages are proved; null: it sends none. */
    signature: pushScheme.nullable().default({
      scheme: "hmac_sha256",
      header: "x-signature",
      prefix: "sha256=",
      encoding: "hex",
    }),
    /** Whether what a message says of an order counts by itself, codes included, or the order is read. */
    tells: z.enum(["hint", "all"]).default("hint"),
    /** It makes nothing new when an order is created again under the same reference. */
    guardsReference: z.boolean().default(false),
    /** Where there is no catalogue to read. */
    products: z.array(product).max(1_000).default([]),
  })
  .superRefine((config, context) => {
    const refuse = (at: string[], message: string) =>
      context.addIssue({ code: "custom", path: at, message });
    const { signature, tells } = config;
    if (config.paths.order === null && (tells === "hint" || signature === null)) {
      refuse(["paths", "order"], "orders_unreadable");
    }
    // A secret that travels along proves who sent the message, not that nobody has changed it.
    if (tells === "all" && (signature === null || signature.scheme === "fixed_secret")) {
      refuse(["tells"], "body_not_signed");
    }
    if (config.guardsReference && !sendsReference(config.create)) {
      refuse(["guardsReference"], "reference_not_sent");
    }
    if (config.paths.find !== null && !sendsReference(config.create)) {
      refuse(["paths", "find"], "reference_not_sent");
    }
    if (config.paths.catalog === null && config.products.length === 0) {
      refuse(["products"], "required");
    }
    if (new Set(config.products.map(({ sku }) => sku)).size < config.products.length) {
      refuse(["products"], "taken");
    }
  });

export type SignedWebhookConfig = z.infer<typeof signedWebhookConfig>;
export type SignedWebhookInput = z.input<typeof signedWebhookConfig>;

const sendsReference = ({ reference, referenceHeader }: SignedWebhookConfig["create"]): boolean =>
  reference !== null || referenceHeader !== null;
