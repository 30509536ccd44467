/** The form of what is told, by type. Outsiders rely on it: what is there keeps its name and meaning. */
import { z } from "zod";
import type { EventType } from "./types.ts";

/** Raised where a receiver that was written for the one before would misread it; new fields don't raise it. */
export const EVENT_VERSION = 1;

const id = z.uuid();
const time = z.iso.datetime({ precision: 3 }).describe("UTC.");
const amount = z
  .string()
  .regex(/^-?\d+(\.\d{1,4})?$/)
  .describe("Decimal text: a number would be rounded on the way.");
const currency = z.string().min(1);
const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .describe("Details, different for each key; never a code.");

const code = z.strictObject({
  codeId: id,
  value: z.string().describe("What a person copies; the rest are its parts, where it has any."),
  code: z.string().optional(),
  pin: z.string().optional(),
  serial: z.string().optional(),
  expiry: z.string().optional().describe("As the supplier spells it."),
  url: z.string().optional(),
  esim: z.record(z.string(), z.unknown()).optional(),
  others: z.array(z.strictObject({ label: z.string(), text: z.string() })).optional(),
});

const item = z.strictObject({
  itemId: id,
  // Made of the supplier and its id of the product, so no version of RFC 9562.
  productId: z.guid().describe("The product as endpoints filter by it."),
  supplierProductId: z.string().describe("The supplier's own id of it."),
  productName: z.string(),
  quantity: z.int().positive(),
  codes: z
    .union([z.int().nonnegative(), z.array(code)])
    .describe("How many are stored; to endpoints that get the codes themselves: the codes."),
});

const order = (...statuses: [string, ...string[]]) =>
  z.strictObject({
    orderId: id,
    sequence: z
      .int()
      .positive()
      .describe("1, 2, 3 … by order: a lower one than the last you had is older."),
    clientRef: z.string().describe("The reference that the order was placed with."),
    customerRef: z.string().nullable(),
    supplier: z.string().describe("The supplier account's short name."),
    supplierOrderId: z.string().nullable(),
    status: z.enum(statuses).describe("At the time of the event."),
    isMock: z.boolean(),
    currency,
    total: amount.describe("What the supplier charges, or what was agreed until it says."),
    items: z.array(item).min(1),
    createdAt: time,
    finishedAt: time.nullable(),
    reason: z.string().nullable().describe("Why it is so, where there is more to say."),
  });

/** Only for endpoints that get claim links. */
const claim = z
  .strictObject({
    url: z.url().describe("Opens the codes once. Treat it as you would treat them."),
    expiresAt: time,
  })
  .nullable()
  .optional()
  .describe(
    "To endpoints that get claim links; null where there is none, since the codes were given otherwise.",
  );

/** Optional like whatever came later: stored messages are told again as they are. */
const url = z.url().optional().describe("Its page in the console, for people.");

const balance = z.strictObject({
  supplier: z.string().describe("The supplier account's short name."),
  currency,
  available: amount,
  lowAt: amount.describe("Less than this is low."),
  okAt: amount.describe("It has recovered once it is at least this."),
  since: time.describe("Since when it is, or was, low."),
  url,
});

/** How an alert stands when it is told of. */
const alertNow = {
  severity: z.enum(["info", "warning", "critical"]),
  about: z.string().nullable().describe("The subject as its readers call it."),
  supplier: z.string().nullable().describe("The supplier account's short name."),
  isMock: z.boolean(),
  isGroup: z.boolean().describe("It tells of several orders of an account at once."),
  standing: z.int().nonnegative().describe("How many of what it tells of stand now."),
};

const alert = z.strictObject({
  key: z.string().describe("What kind of alert."),
  subject: z
    .string()
    .describe("What it is about: an order, a supplier account, a product, an invariant."),
  orderId: id.nullable(),
  sequence: z.int().positive().optional().describe("Of messages of earlier times alone."),
  openedAt: time,
  data: facts,
  alertId: id.optional().describe("The same in its notices, and when it is resolved."),
  ...z.object(alertNow).partial().shape,
  occurrences: z.int().positive().optional().describe("How often it has happened while it stood."),
  url,
});

/** Whom an addressed message is for, where it isn't for whoever the endpoint always leads to. */
const addressee = z
  .strictObject({ name: z.string().nullable(), address: z.email() })
  .describe("Mail goes to this address instead of the endpoint's; other channels take no notice.");

export const EVENT_DATA = {
  "order.created": order("submitting"),
  "order.paid": order("paid"),
  "order.processing": order("processing"),
  "order.completed": order("completed").extend({ claim }),
  "order.partial": order("partial").extend({ claim }),
  "order.cancelled": order("cancelled"),
  "order.failed": order("failed", "rejected"),
  "order.refunded": order("refunded"),
  "order.unconfirmed": order("unconfirmed"),
  "order.stalled": order("submitting", "awaiting_payment", "paid", "processing").extend({
    since: time.describe("Since when it has stood in that status."),
  }),
  "balance.low": balance,
  "balance.recovered": balance,
  "alert.opened": alert,
  "alert.resolved": alert.extend({ resolvedAt: time }),
  "delivery.endpoint_disabled": z.strictObject({
    endpointId: id,
    name: z.string(),
    channel: z.string(),
    why: z
      .string()
      .describe("`gone` (it answered 410) or `failure_budget` (too many tries in a row failed)."),
    dropped: z
      .int()
      .nonnegative()
      .describe(
        "Deliveries that were waiting for it and have ended at once; at most 1,000, the rest follow.",
      ),
    url,
  }),
  "alert.notice": z.strictObject({
    alertId: id,
    key: z.string().describe("What kind of alert."),
    subject: z.string().describe("What it is about, as in `alert.opened`."),
    orderId: id.nullable().describe("Where it is about one order."),
    ...alertNow,
    alike: z
      .int()
      .nonnegative()
      .optional()
      .describe(
        "How many more alerts it tells of: open ones of the same kind and account, each to be decided by itself.",
      ),
    openedAt: time,
    policy: z.string().describe("The escalation policy by which it is sent."),
    step: z.int().positive().describe("1, 2, 3 …: a higher one, since nobody took it so far."),
    steps: z.int().positive(),
    round: z.int().positive().describe("How often the policy has been gone through."),
    to: addressee.optional(),
    data: facts,
    url,
  }),
  "order.dossier": z.strictObject({
    dossierId: id,
    orderId: id,
    supplier: z.string().describe("The supplier account's short name."),
    supplierOrderId: z.string().nullable(),
    text: z.string().describe("What the supplier's support desk may read; never a code."),
    dossier: z.record(z.string(), z.unknown()).describe("The same, for machines."),
    to: addressee.optional(),
  }),
  "audit.anchor": z.strictObject({
    anchor: z
      .string()
      .describe(
        "The audit log's end as `number:hash`: keep it where nobody of Keyhold's reaches it.",
      ),
    at: time.describe("When the log ended there."),
    entries: z.int().nonnegative().describe("How many entries it had."),
    to: addressee.optional(),
  }),
} as const satisfies Record<EventType, z.ZodType>;

/** What is about it, in a sentence. */
export const EVENT_MEANINGS: Record<EventType, string> = {
  "order.created": "An order was placed here; the supplier doesn't know of it yet.",
  "order.paid": "The supplier has been paid.",
  "order.processing": "The supplier works on it.",
  "order.completed": "Every code has arrived and is stored.",
  "order.partial":
    "The supplier is done, and codes are missing. It may still come to `order.completed`.",
  "order.cancelled": "It was cancelled; no code of it is handed out.",
  "order.failed":
    "It came to nothing: the supplier failed (`failed`), or never took it (`rejected`).",
  "order.refunded":
    "The supplier gave the money back, whatever it had come to before. Codes of it may be void; none is handed out any more.",
  "order.unconfirmed":
    "Nobody knows whether the supplier took it. It is being found out, or a person decides; an order may come here more than once.",
  "order.stalled":
    "It has stood in one status for unusually long. Once an episode; whatever comes next ends it.",
  "balance.low": "An account holds less than its line. Once a crossing.",
  "balance.recovered": "It holds enough again.",
  "alert.opened": "Something that a person should know of.",
  "alert.resolved": "It is over.",
  "delivery.endpoint_disabled": "An endpoint gets nothing any more until somebody enables it.",
  "alert.notice":
    "Nobody has taken an alert, and by its escalation policy this endpoint is the next to be told.",
  "order.dossier": "Somebody sent what is known of an order to the supplier's support desk.",
  "audit.anchor":
    "Where the audit log ends, once a day, to each owner: whoever holds it can tell later whether something was taken out.",
};

/** Of each type's `data`, for whoever writes it. */
export type EventData = { [Type in EventType]: z.output<(typeof EVENT_DATA)[Type]> };

/** The message around `data`. */
export const messageSchema = <Type extends EventType>(type: Type) =>
  z.strictObject({
    id: id.describe("The same at every try and in every channel: remember it to know repeats."),
    type: z.literal(type),
    version: z.literal(EVENT_VERSION).describe("Of this form."),
    timestamp: time.describe("When it happened, in UTC."),
    data: EVENT_DATA[type],
  });
