import { createHash } from "node:crypto";
import type { News, Verdict } from "#lib/suppliers/inbound.ts";

type Verified = Extract<Verdict, { kind: "verified" }>;

/**
 * What makes two messages the same one. The sender's own id where its scheme signs one; else the id that the body
 * has for the event, else the order, what happened to it and when. Never the order alone, or its refund would count
 * as its fulfilment told again; and an id of the body never without its event, for an account may be set up to read
 * one that is the order's.
 */
export function dedupeKey({ messageId }: Verified, news: News, raw: Buffer): string {
  if (messageId !== null) return key("id", [messageId]);
  switch (news.kind) {
    case "unreadable":
      return key("body", [raw]);
    case "nothing":
      return news.eventId === null ? key("body", [raw]) : key("event", [news.eventId, news.event]);
    case "balance":
      return news.eventId === null ? key("body", [raw]) : key("event", [news.eventId, news.event]);
    case "order": {
      const { event, eventId, reference, supplierOrderId, status, at } = news;
      // It may bring codes that the one before didn't: what isn't the same to the byte is kept.
      if (news.order !== null) return key("body", [raw]);
      if (eventId !== null) return key("event", [eventId, event, status]);
      const order = reference ?? supplierOrderId;
      if (order === null || at === null) return key("body", [raw]);
      return key("order", [order, event, status, at.toISOString()]);
    }
  }
}

/** Whether the same bytes may well mean something new: a hint that says nothing of when or of what. */
export function maySayMore({ messageId }: Verified, news: News): boolean {
  if (messageId !== null || (news.kind !== "order" && news.kind !== "balance")) return false;
  return news.eventId === null && news.at === null;
}

/** Ids of others may be long, or of any letters. */
function key(kind: string, parts: readonly (string | Buffer | null)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part ?? "");
    hash.update(`${part === null ? "-" : bytes.length}:`).update(bytes);
  }
  return `${kind}:${hash.digest("base64url")}`;
}
