/** The form of everything that is asked and answered. The document is made of these, and so are the checks. */
import { z } from "zod";
import { messageSchema } from "#lib/events/schemas.ts";
import { EVENT_TYPES } from "#lib/events/types.ts";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import { LONGEST_REFERENCE, MOST_LINES, MOST_UNITS } from "#lib/orders/new-order-limits.ts";
import { PROBLEMS, type ProblemCode } from "./problems.ts";

export const MOST_ROWS = 100;
export const MOST_CODES = 500;
export const LONGEST_WAIT_SECONDS = 30;

const id = z.uuid();
const time = z.iso.datetime({ precision: 3 }).describe("UTC.");
const amount = z
  .string()
  .regex(/^-?\d{1,14}(\.\d{1,4})?$/)
  .describe("Decimal text: a number would be rounded on the way.");
const currency = z.string().min(1).max(8);
const status = z.enum(ORDER_STATUSES as [string, ...string[]]);

/** One line without mark-up, as `placeOrder` takes it. */
const reference = z
  .string()
  .trim()
  .max(LONGEST_REFERENCE)
  .regex(/^[^<>\p{Cc}\p{Cs}]*$/u);

export const newOrder = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          itemId: z
            .string()
            .min(1)
            .max(200)
            .regex(/^[^\p{Cc}\p{Cs}]*$/u)
            .describe("A product: the supplier's id (`product_…`), or its `id` here."),
          quantity: z.int().min(1).max(MOST_UNITS),
          note: z
            .record(
              z.string().regex(/^[^<>\p{Cc}\p{Cs}]{1,100}$/u),
              z.union([
                z
                  .string()
                  .max(2_000)
                  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u),
                z.number(),
              ]),
            )
            .optional()
            .describe("What the product asks for besides; see its `noteFields`."),
        }),
      )
      .min(1)
      .max(MOST_LINES),
    supplier: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .optional()
      .describe("The supplier account's short name, where several have the same product ids."),
    customerRef: reference
      .nullable()
      .optional()
      .describe("Your name for whoever it is for. Without one the codes are bought for stock."),
    isMock: z.boolean().optional().describe("A mock order costs nothing and brings mock codes."),
    maxTotalPrice: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,4})?$/)
      .optional()
      .describe("The price guard: nothing is placed where it would cost more."),
    refuseSimilar: z
      .boolean()
      .optional()
      .describe(
        "Refuse with `similar_order` where the same goods were ordered within the last ten minutes for the same customer. Otherwise each Idempotency-Key is a wish of its own.",
      ),
  })
  .meta({
    id: "NewOrder",
    examples: [
      {
        items: [{ itemId: "product_01hzy3v9k2m4", quantity: 1 }],
        customerRef: "shop-10482",
        isMock: true,
        maxTotalPrice: "12.50",
      },
    ],
  });

const item = z
  .strictObject({
    id,
    itemId: z.string().describe("The supplier's id of the product."),
    productName: z.string(),
    region: z.string().nullable(),
    quantity: z.int().positive(),
    unitPrice: amount,
    error: z.string().nullable().describe("The supplier's word on why this item failed."),
    codes: z.int().nonnegative().describe("How many are stored."),
  })
  .meta({ id: "OrderItem" });

export const order = z
  .strictObject({
    id,
    clientRef: z.string().describe("Made of your key and Idempotency-Key; the same in events."),
    customerRef: z.string().nullable(),
    status,
    isFinal: z
      .boolean()
      .describe(
        "Nothing more happens by itself; a `partial` order may still get its missing codes.",
      ),
    reason: z.string().nullable().describe("Why it was rejected or cancelled."),
    supplier: z.string().describe("The supplier account's short name."),
    supplierOrderId: z.string().nullable(),
    isMock: z.boolean(),
    currency,
    agreedTotal: amount,
    chargedTotal: amount.nullable().describe("What the supplier says that it costs."),
    items: z.array(item),
    createdAt: time,
    statusChangedAt: time,
    paidAt: time.nullable(),
    finishedAt: time.nullable(),
    paymentUrl: z
      .url({ protocol: /^https$/ })
      .optional()
      .describe(
        "Where whoever ordered has to pay it, at suppliers that Keyhold doesn't pay itself. Only while it is `awaiting_payment`, and only for keys with `orders:write`. Whoever has it may act on the payment.",
      ),
  })
  .meta({ id: "Order" });

const next = z
  .string()
  .nullable()
  .describe("Give it back as `after` for what follows; null at the end.");

export const orderPage = z.strictObject({ data: z.array(order), next }).meta({ id: "OrderPage" });

const code = z
  .strictObject({
    id,
    orderItemId: id,
    itemId: z.string(),
    position: z.int().nonnegative(),
    state: z
      .enum(["available", "reserved", "handed_out"])
      .describe("`handed_out`: the order's `customerRef` has it, by a claim link or the console."),
    value: z.string().describe("What a person copies; the rest are its parts, where it has any."),
    code: z.string().optional(),
    pin: z.string().optional(),
    serial: z.string().optional(),
    expiry: z.string().optional().describe("As the supplier spells it."),
    url: z.string().optional(),
    esim: z.record(z.string(), z.unknown()).optional(),
    others: z.array(z.strictObject({ label: z.string(), text: z.string() })).optional(),
    expiresAt: time.nullable(),
  })
  .meta({ id: "Code" });

export const codePage = z
  .strictObject({
    orderId: id,
    status,
    data: z.array(code),
    withheld: z
      .int()
      .nonnegative()
      .describe("Codes of an order that came to nothing: stored, and given to nobody."),
    closed: z
      .int()
      .nonnegative()
      .describe(
        "Codes that aren't opened: handed out to somebody else than the order's `customerRef`, reserved for somebody else, reported bad, replaced, or expired.",
      ),
    next,
  })
  .meta({ id: "CodePage" });

export const claimLink = z
  .strictObject({
    url: z.url().describe("Opens the codes once. Treat it as you would treat them."),
    expiresAt: time,
  })
  .meta({ id: "ClaimLink" });

const noteField = z
  .strictObject({
    name: z.string(),
    type: z.enum(["string", "integer", "number", "email", "select"]),
    options: z.array(z.string()),
  })
  .meta({ id: "NoteField" });

const product = z
  .strictObject({
    id,
    itemId: z.string().describe("What an order names it by."),
    supplier: z.string(),
    name: z.string(),
    category: z.string(),
    region: z.string().nullable(),
    faceValue: amount.nullable(),
    faceCurrency: z.string().nullable(),
    price: amount,
    currency,
    stock: z.int().nonnegative().nullable().describe("Null: the supplier doesn't say."),
    minQuantity: z.int(),
    maxQuantity: z.int().nullable(),
    noteFields: z.array(noteField),
    isService: z.boolean().describe("A top-up or service: there are no codes."),
    seenAt: time.describe("When the supplier last confirmed price and stock."),
  })
  .meta({ id: "Product" });

export const productPage = z
  .strictObject({ data: z.array(product), next })
  .meta({ id: "ProductPage" });

const balance = z
  .strictObject({
    supplier: z.string(),
    currency,
    available: amount,
    reserved: amount,
    pending: amount,
    sampledAt: time,
    isStale: z.boolean().describe("It was read long ago; the supplier may not be answering."),
  })
  .meta({ id: "Balance" });

export const balanceList = z.strictObject({ data: z.array(balance) }).meta({ id: "BalanceList" });

const delivery = z
  .strictObject({
    id,
    eventId: id,
    eventType: z.string(),
    orderId: id.nullable(),
    state: z.enum(["PENDING", "SUCCESS", "FAILED", "NOT_APPLY"]),
    reason: z.string().nullable(),
    tries: z.int().nonnegative(),
    nextAttemptAt: time.nullable(),
    createdAt: time,
    finishedAt: time.nullable(),
    endpoint: z
      .strictObject({ id, name: z.string(), channel: z.string() })
      .nullable()
      .describe("Null where nobody asked for the event."),
  })
  .meta({ id: "Delivery" });

export const deliveryPage = z
  .strictObject({ data: z.array(delivery), next })
  .meta({ id: "DeliveryPage" });

const [firstType, ...otherTypes] = EVENT_TYPES;
const event = z
  .discriminatedUnion("type", [
    messageSchema(firstType),
    ...otherTypes.map((type) => messageSchema(type)),
  ])
  .meta({
    id: "Event",
    description:
      "The message that endpoints get in its thin form, under the same id. The form of each `type` is in docs/events.",
  });

export const eventPage = z
  .strictObject({
    data: z.array(event),
    next: z
      .string()
      .nullable()
      .describe("Keep it, and give it back as `after` next time, also when this page is empty."),
    hasMore: z.boolean(),
  })
  .meta({ id: "EventPage" });

export const problem = z
  .strictObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    reference: z.string().describe("Names this request in our log."),
    detail: z.string().optional(),
    scope: z.string().optional(),
    reason: z.string().optional(),
    total: amount.optional(),
    maxTotalPrice: amount.optional(),
    currency: z.string().optional(),
    orders: z.array(id).optional(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().describe("JSON Pointer into the body, with `#`."),
          parameter: z.string().optional(),
          detail: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457; `code` is stable." });

export type ApiOrder = z.infer<typeof order>;
export type ApiNewOrder = z.infer<typeof newOrder>;
