import { cleanText } from "../http/clean-text.ts";
import { isObject } from "../http/is-object.ts";
import type { Inbound, News, Verdict } from "../inbound.ts";
import type { Json } from "../port.ts";
import { hmacMatches } from "../push-schemes/hmac.ts";
import type { OzzobitConfig } from "./config.ts";
import { type Message, openPayload, readMessage } from "./message.ts";
import { messageShape, toldOrderShape } from "./schema.ts";

const SIGNATURE = "x-ozzobit-signature";
const MAX_EVENT_CHARS = 100;
/**
 * No time is signed but the event's own, in the message. Three more tries with growing waits are over by then; what
 * is older was kept by somebody. Younger ones are told apart by order, event and time.
 */
const OLDEST_MS = 24 * 60 * 60_000;
const NOT_OURS = /^(?:KYC_|PING$|PONG$)/;

/**
 * Takes what OZZOBiT pushes. Its papers disagree on whether that is plain or encrypted, and on whether the signature
 * covers the body or the encrypted text in it; the scheme says which it was. Whatever it says is a hint.
 */
export function ozzobitInbound(
  { webhookForms }: Pick<OzzobitConfig, "webhookForms">,
  secrets: readonly string[],
): Inbound {
  const usable = secrets.filter((secret) => secret.trim() !== "");

  /** What it says in plain text; null where that can't be had. */
  function contentOf(message: Message): Json | null {
    if (message.kind === "plain") return message.json;
    return message.kind === "encrypted" ? openPayload(message.payload, usable) : null;
  }

  return {
    verify(raw, headers, now) {
      if (usable.length === 0) return refused("no_secret");
      const given = headers.get(SIGNATURE)?.trim();
      if (!given) return refused("unsigned");
      const message = readMessage(raw);
      const signs = (signed: Buffer | string) => hmacMatches([signed], given, usable, "hex");
      const scheme = schemeOf(message, raw, signs);
      const isTaken = message.kind === "neither" || webhookForms.includes(message.kind);
      if (scheme === null || !isTaken) return refused("bad_signature");
      const content = messageShape.safeParse(contentOf(message));
      const at = content.success ? content.data.timestamp : null;
      if (at && now.getTime() - at.getTime() > OLDEST_MS) return refused("too_old");
      return { kind: "verified", scheme, messageId: null };
    },
    read(raw) {
      const message = readMessage(raw);
      const content = contentOf(message);
      if (content === null) {
        const why =
          message.kind === "encrypted"
            ? "none of the account's secrets opens it"
            : "it is neither an event nor an encrypted one";
        return { kind: "unreadable", why };
      }
      return newsIn(content);
    },
  };
}

const refused = (why: Extract<Verdict, { kind: "refused" }>["why"]): Verdict => ({
  kind: "refused",
  why,
});

function schemeOf(
  message: Message,
  raw: Buffer,
  signs: (signed: Buffer | string) => boolean,
): string | null {
  if (signs(raw)) return message.kind === "encrypted" ? "ozzobit-aes" : "ozzobit-plain";
  if (message.kind !== "encrypted") return null;
  return signs(message.payload) ? "ozzobit-aes-payload" : null;
}

function newsIn(content: Json): News {
  const told = messageShape.safeParse(content);
  if (!told.success) return { kind: "unreadable", why: "it names no event" };
  const event = cleanText(told.data.eventName, MAX_EVENT_CHARS);
  const data = told.data.data;
  const order = toldOrderShape.safeParse(isObject(data) ? data : {});
  const { id = null, orderId = null, partnerOrderId = null, status = null } = order.data ?? {};
  const supplierOrderId = orderId ?? id;
  if (NOT_OURS.test(event) || (supplierOrderId === null && !event.startsWith("ORDER_"))) {
    return { kind: "nothing", event, eventId: null };
  }
  if (supplierOrderId === null && partnerOrderId === null) {
    return { kind: "unreadable", why: "it names no order" };
  }
  return {
    kind: "order",
    event,
    eventId: null,
    reference: partnerOrderId,
    supplierOrderId,
    at: told.data.timestamp,
    // Never counted before the order was read, however much of it is told.
    order: null,
    status,
  };
}
