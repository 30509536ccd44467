/** Supplier accounts as Settings show them: never a secret, never a code. Times as ISO text. */
import type { Json } from "#lib/platform/json.ts";
import type { WhyNotConnected } from "./account.ts";
import type { RefusalClass, SupplierBalance, SupplierTraits } from "./port.ts";
import type { BudgetView } from "./read-budget.ts";

export type PauseView = { until: string; why: string; by: string };

/** Why an account that has a row can't be called: nothing is asked of it, and its orders wait. */
export type NotConnected = WhyNotConnected;

export type SocketView = {
  state: "connecting" | "up" | "down";
  since: string;
  /** When it last showed that it is alive. */
  seenAt: string | null;
  connects: number;
  updates: number;
  lastError: string | null;
};

export type SupplierRow = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  /** Where it is called, without anything secret; null where the configuration names none. */
  target: string | null;
  /** How its calls go; what `healthOf` needs. */
  budget: BudgetView;
  /** Null where it isn't paused (any more). */
  orderingPaused: PauseView | null;
  pollingPaused: PauseView | null;
  /** Null: it is connected. */
  notConnected: NotConnected | null;
  /** Null where it isn't connected. */
  push: SupplierTraits["push"] | null;
  /** Null where it has none. */
  socket: SocketView | null;
  openOrders: number;
  /** Messages in the inbox that a person has to look at. */
  inboxTroubled: number;
};

export type SuppliersRights = { manage: boolean };

export type SuppliersRoomView = { rows: SupplierRow[]; may: SuppliersRights; readAt: string };

/** A secret by what the kind says of it, and by its last characters. */
export type SecretView = {
  name: string;
  proves: "us" | "them";
  isRequired: boolean;
  isGenerated: boolean;
  /** From the environment of the process: it can't be replaced here. */
  isFromEnvironment: boolean;
  /** Null: there is none. */
  current: { lastFour: string; createdAt: string; createdBy: string } | null;
  /** Replaced ones whose messages are still taken. */
  replaced: { lastFour: string; endsAt: string }[];
};

/** How long calls and orders took lately; null where there is nothing to go by. */
export type SupplierTimes = {
  /** Of the last hour's calls, in milliseconds. */
  latencyP50: number | null;
  latencyP95: number | null;
  /** Of the last hour's calls: got no answer, or one that says that it is the supplier's fault. */
  calls: number;
  failed: number;
  /** From payment to completion, of the last week's orders. */
  completionP50: number | null;
  completionP90: number | null;
  completionP95: number | null;
  completed: number;
};

/** Where the supplier is to send its messages. */
export type InboundView = {
  /** `/api/webhooks/{slug}`; the console's own address goes before it. */
  path: string;
  /** A secret is set that proves what comes; without one all is refused. */
  isOpen: boolean;
  lastAt: string | null;
  /** Within the last day. */
  taken: number;
  troubled: number;
};

/** An answer as it came, codes masked. */
export type RawAnswer = { orderId: string; at: string; word: string | null; answer: Json };

export type SupplierDetail = SupplierRow & {
  /** Handed back with an edit, which fails where somebody else came first. */
  revision: number;
  currency: string | null;
  /** As its kind's form has it, for those who may change it; null for others. */
  config: Record<string, Json> | null;
  /** Null where it isn't connected. */
  traits: SupplierTraits | null;
  secrets: SecretView[];
  times: SupplierTimes;
  /** Null where it tells nothing by itself. */
  inbound: InboundView | null;
  /** The newest few; null for those who may not see them (`orders.answers`). */
  answers: RawAnswer[] | null;
  createdAt: string;
  may: SuppliersRights;
  readAt: string;
};

/** What is wrong, and where: `name`, `slug`, `config.baseUrl`, `secrets.apiKey`; and a word for forms. */
export type SupplierProblem = { path: string; code: string };

export type SupplierInput = {
  name: string;
  /** As its kind parses it; what is left out is the default. */
  config: Record<string, unknown>;
};

export type NewSupplier = SupplierInput & {
  kind: string;
  slug: string;
  /** By name. One that Keyhold can make and that is left out is made. */
  secrets: Record<string, string>;
};

export type SupplierEdit = SupplierInput & {
  id: string;
  revision: number;
  /** Needed where it is called at another address from now on: a key isn't sent to where nobody meant it to go. */
  secrets?: Record<string, string>;
};

/** What came of one harmless call (balances, or whatever else the kind has to show that a key is right). */
export type TriedConnection =
  | { kind: "answered"; tookMs: number; balances: SupplierBalance[] }
  /** It has no such call: nothing was tried. */
  | { kind: "untried" }
  | { kind: "refused"; class: RefusalClass; detail: string; tookMs: number }
  | { kind: "unreachable"; why: string };

type Invalid = { kind: "invalid"; problems: SupplierProblem[] };
/** Nothing was saved, since the account can't be used like this. */
type Unusable = { kind: "unusable"; tried: TriedConnection };

export type AddedSupplier =
  /** What Keyhold made is told this once, by name. */
  | {
      kind: "added";
      id: string;
      slug: string;
      made: Record<string, string>;
      tried: TriedConnection;
    }
  | Invalid
  | Unusable;

export type EditedSupplier = { kind: "saved"; tried: TriedConnection } | Invalid | Unusable;

export type TriedSupplier = { kind: "tried"; tried: TriedConnection } | Invalid;

export type SecretRotation = {
  id: string;
  name: string;
  /** Null: Keyhold makes one. */
  value: string | null;
  /** The one before counts no more from now on; otherwise for 24 hours, where it proves the supplier. */
  atOnce: boolean;
};

export type RotatedSupplierSecret =
  /** `made` is told this once, where Keyhold made it; `oldUntil` null: the one before counts no more. */
  | { kind: "rotated"; made: string | null; oldUntil: string | null; tried: TriedConnection | null }
  | Invalid
  | Unusable;
