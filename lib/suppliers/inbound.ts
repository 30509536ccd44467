/** What a supplier tells by itself: how it is proved, and what it says. Adapters implement it; no row is known here. */
import type { SupplierOrder } from "./port.ts";

/** Of a request or frame; names in lower case. */
export type InboundHeaders = { get(name: string): string | null };

/** Why a message isn't taken for the supplier's. Said to nobody outside but as "bad signature". */
export type WhyRefused = "no_secret" | "unsigned" | "bad_signature" | "too_old";

export type Verdict =
  | {
      kind: "verified";
      /** E.g. `standard-webhooks`, `hmac-sha256`, `ozzobit-aes`; kept with the message. */
      scheme: string;
      /** The sender's own id of the message where its scheme signs one. */
      messageId: string | null;
    }
  | { kind: "refused"; why: WhyRefused };

/** What a verified message says. */
export type News =
  | {
      kind: "order";
      /** The supplier's word for what happened. */
      event: string;
      /** Its own id of the event, where the body has one. */
      eventId: string | null;
      /** Ours, where it repeats it. */
      reference: string | null;
      supplierOrderId: string | null;
      /** When it happened, as the supplier says. */
      at: Date | null;
      /** All of the order, where the supplier tells all and the account trusts that; null: it has to be asked. */
      order: SupplierOrder | null;
      /** The supplier's word for where the order stands, for deduplication; null where not said. */
      status: string | null;
      /** It says that money came back, which has to show in the order then. */
      isRefund?: boolean;
    }
  /** Money is short or came in: the balance is asked for again; `available` is decimal text where it is told. */
  | {
      kind: "balance";
      event: string;
      eventId: string | null;
      at: Date | null;
      currency: string | null;
      available: string | null;
    }
  /** A trial message, or one that doesn't concern orders: kept, nothing follows. */
  | { kind: "nothing"; event: string; eventId: string | null }
  | { kind: "unreadable"; why: string };

/** How an account takes what is pushed to it. Both are quick, do no I/O and never throw. */
export type Inbound = {
  /** @param now for schemes that sign a time: five minutes either way are taken */
  verify(raw: Buffer, headers: InboundHeaders, now: Date): Verdict;
  /** Only ever given what was verified. */
  read(raw: Buffer): News;
};

/** What a socket brings; each is a hint, the order is read before it counts. */
export type SocketHandlers = {
  onUp(): void;
  onDown(why: string): void;
  /** Something is new about this supplier order. */
  onOrder(supplierOrderId: string, event: string): void;
  /** It showed that it is alive. */
  onAlive(): void;
};

export type SupplierSocket = {
  /** Asks for news of these orders and no others; may be called as often as wanted, connected or not. */
  follow(supplierOrderIds: readonly string[]): void;
  close(): void;
};
