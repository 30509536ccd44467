import { cleanText } from "../http/clean-text.ts";
import { decimalText } from "../http/decimal-text.ts";
import { isObject } from "../http/is-object.ts";
import { readBody } from "../http/read-body.ts";
import { readTime } from "../http/read-time.ts";
import * as shapes from "../http/shapes.ts";
import type { News } from "../inbound.ts";
import type { SupplierOrder } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { readAt } from "./field-path.ts";
import { COMMON_EVENTS, type EventMeaning, plainWord, STATE_AFTER } from "./known-words.ts";
import { type OrderReader, referenceAt, wordAt } from "./read-order.ts";

const MAX_WORD_CHARS = 100;

/** What a verified message says, by the account's mapping. */
export function newsReader(
  config: SignedWebhookConfig,
  reader: OrderReader,
): (raw: Buffer) => News {
  const { message, fields } = config;
  const canBeRead = config.paths.order !== null;
  const meanings = new Map(Object.entries({ ...COMMON_EVENTS, ...config.events }));

  return (raw) => {
    const body = readBody(raw);
    if (body.kind === "unreadable") return { kind: "unreadable", why: body.problem };
    const { json } = body;
    if (!isObject(json)) return unreadable("the message is no object");
    const event = cleanText(wordAt(json, message.event), MAX_WORD_CHARS);
    if (event === "") return unreadable("the message names no event");
    const eventId = shapes.optionalId.parse(readAt(json, message.eventId) ?? null);
    const at = readTime(readAt(json, message.at));
    const means = meanings.get(plainWord(event)) ?? null;
    const data = message.data === null ? json : (readAt(json, message.data) ?? null);

    if (means === "test") return { kind: "nothing", event, eventId };
    if (means === "balance_low") {
      const available = decimalText(readAt(data, message.available));
      const currency = shapes.currency.parse(readAt(data, fields.currency) ?? null);
      return { kind: "balance", event, eventId, at, currency, available };
    }
    const told = reader.from(data);
    const reference = told?.reference ?? referenceAt(data, fields.reference);
    if (!told && reference === null) {
      return means === null
        ? { kind: "nothing", event, eventId }
        : unreadable("the message names no order");
    }
    const word = cleanText(wordAt(data, fields.status), MAX_WORD_CHARS);
    const order =
      told && config.tells === "all" ? toldInFull(told.order, event, means, word !== "") : null;
    // It would be lost: nobody can be asked what it means.
    if (!order && !canBeRead) return unreadable("the message doesn't say where the order stands");
    return {
      kind: "order",
      event,
      eventId,
      reference,
      supplierOrderId: told?.order.supplierOrderId ?? null,
      at,
      status: word === "" ? null : word,
      isRefund: means === "refunded",
      order: order && means === "created" ? { ...order, createdAt: order.createdAt ?? at } : order,
    };
  };

  function toldInFull(
    order: SupplierOrder,
    event: string,
    means: EventMeaning | null,
    isStatusTold: boolean,
  ): SupplierOrder | null {
    const full = settle(order, event, means, isStatusTold);
    const isBare = order.items.every(({ codes }) => codes.length === 0);
    // Fulfilled without a code: perhaps it is only told so, and the order itself has them.
    return full?.state === "completed" && isBare && canBeRead ? null : full;
  }
}

/**
 * The order as event and status say together; null where they leave it open and it has to be read. A word
 * that is unknown stays so, whatever the event: nobody knows what it says.
 */
function settle(
  order: SupplierOrder,
  event: string,
  means: EventMeaning | null,
  isStatusTold: boolean,
): SupplierOrder | null {
  const after = means === null ? null : STATE_AFTER[means];
  if (!isStatusTold) return after === null ? null : { ...order, state: after, word: event };
  const { state } = order;
  if (state === "unknown" || state === "refunded") return order;
  // Money that came back is no status of many suppliers: their order stays failed, or fulfilled.
  if (after === "refunded") return { ...order, state: after, word: event };
  return isFinal(after) && state !== after ? null : order;
}

const isFinal = (state: SupplierOrder["state"] | null): boolean =>
  state !== null && !["awaiting_payment", "paid", "processing", "unknown"].includes(state);

const unreadable = (why: string): News => ({ kind: "unreadable", why });
