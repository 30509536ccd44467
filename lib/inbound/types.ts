/** What pages show of the inbox. Travels to the browser; never holds a message's bytes. */
import type { Json } from "#lib/platform/json.ts";

export const INBOX_STATES = [
  /** To be worked on. */
  "waiting",
  "done",
  /** Nothing followed from it, or a person set it aside. */
  "ignored",
  /** About an order that isn't known here; tried again for a while. */
  "unmatched",
  "unreadable",
  /** Keyhold could not do what it asks for. */
  "failed",
] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** Those that somebody has to look at. */
export const TROUBLED_STATES = ["unmatched", "unreadable", "failed"] as const;

export const INBOX_PROBLEMS = [
  /** No order here has its reference or id. */
  "unknown_order",
  /** It names none. */
  "no_order_named",
  /** Its reference is one order's and its id is another's. */
  "two_orders",
  /** It says that money came back, and its order doesn't show it. */
  "refund_unseen",
  "unreadable",
  /** The account isn't connected, so nobody can read what it sends. */
  "not_connected",
  /** Its bytes can't be opened: their key isn't to be had. */
  "sealed",
  "failed",
] as const;
export type InboxProblem = (typeof INBOX_PROBLEMS)[number];

export type InboxFilter = {
  /** Of the supplier. */
  slug?: string | undefined;
  states?: readonly InboxState[] | undefined;
  orderId?: string | undefined;
};

export type InboxRow = {
  id: string;
  supplier: { slug: string; name: string };
  via: "webhook" | "socket";
  /** The supplier's word; null until it was read, or where it can't be. */
  event: string | null;
  state: InboxState;
  receivedAt: string;
  /** How often it was told again since. */
  repeats: number;
  tries: number;
  /** When it is worked on next. */
  nextAt: string | null;
  problem: { code: InboxProblem; detail: string | null } | null;
  orderId: string | null;
};

export type InboxPage = {
  messages: InboxRow[];
  /** Where the next page begins; null on the last. */
  next: string | null;
  counts: InboxCounts;
};

/** Counted to a thousand. */
export type InboxCounts = Record<"waiting" | "unmatched" | "unreadable" | "failed", number>;

export type InboxMessageView = InboxRow & {
  scheme: string;
  bytes: number;
  settledAt: string | null;
  order: { id: string; clientRef: string; status: string } | null;
  /**
   * What it says, with everything masked that could be a code: all but the words, ids and times that Keyhold itself
   * read from it. Null for who may not see answers, and where it can't be opened.
   */
  body: Json | null;
};

export type DealtWith = { kind: "done" } | { kind: "not_now" };

/** How many were dealt with, and how many match still, counted to a thousand. */
export type DealtWithMany = { done: number; left: number };
