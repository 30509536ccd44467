import type { CodeState } from "./lifecycle.ts";

/** A code as lists show it: that it exists, where it came from, its mask; never what it is. */
export type CodeRow = {
  id: string;
  mask: string;
  state: CodeState;
  stateChangedAt: string;
  productId: string;
  productName: string;
  region: string | null;
  /** Null for codes of our own. */
  orderId: string | null;
  /** Whom it is reserved for or was handed out to. */
  customerRef: string | null;
  /** What one code cost, decimal text; null where nobody knows. */
  cost: string | null;
  currency: string | null;
  isMock: boolean;
  storedAt: string;
  expiresAt: string | null;
  revealedAt: string | null;
};

/** What a person may do with codes. */
export type CodeRights = {
  reveal: boolean;
  find: boolean;
  handOut: boolean;
  mark: boolean;
  import: boolean;
  stock: boolean;
};

export type CodePage = {
  rows: CodeRow[];
  /** Give it back as `after` for the rows that follow; null on the last page. */
  next: string | null;
  readAt: string;
};

/** A product's codes, counted. Mock codes are no stock and not among them. */
export type StockRow = {
  id: string;
  name: string;
  region: string | null;
  /** Null for goods of our own. */
  supplierName: string | null;
  counts: Record<CodeState, number>;
  /** Somebody has seen them and they were handed out to nobody: not among the available ones. */
  seen: number;
  /** What the available and the reserved ones cost, by currency. */
  value: { amount: string; currency: string }[];
  /** How many of those have no known cost. */
  withoutCost: number;
  /** When the oldest available one was stored. */
  oldestAt: string | null;
  /** When the first available one expires. */
  expiresAt: string | null;
  /** Fewer available than this is low; null where nobody minds. */
  lowLine: number | null;
};

export type StockPage = {
  /** Low ones first, then those with stock, by name. */
  rows: StockRow[];
  /** How many there are, shown or not. */
  total: number;
  low: number;
  /** In stock and over within `EXPIRING_WITHIN_MS`; counted up to `COUNTED_UP_TO`. */
  expiring: number;
  complaints: { open: number; firstEndsAt: string | null };
  may: CodeRights;
  readAt: string;
};

export type ClaimLinkState = "open" | "opened" | "revoked" | "expired" | "locked";

export type ClaimLinkView = {
  id: string;
  state: ClaimLinkState;
  hasPin: boolean;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  openedAt: string | null;
  revokedAt: string | null;
  wrongTries: number;
};

export type HandOutView = {
  id: string;
  customerRef: string;
  /** `push`: with what was told to an endpoint. */
  way: "reveal" | "slip" | "link" | "push";
  note: string | null;
  createdAt: string;
  createdBy: string;
  /** The codes that were given with it, this one included. */
  codes: number;
  links: ClaimLinkView[];
};

export type ComplaintKind = "missing" | "wrong" | "defective";
export type ComplaintOutcome = "replaced" | "refunded" | "refused" | "dropped";

export type ComplaintView = {
  id: string;
  kind: ComplaintKind;
  evidence: string;
  openedAt: string;
  openedBy: string;
  /** Until when the supplier hears it. */
  windowEndsAt: string;
  closedAt: string | null;
  closedBy: string | null;
  outcome: ComplaintOutcome | null;
  outcomeNote: string | null;
};

export type ComplaintRow = ComplaintView & {
  codeId: string;
  mask: string;
  state: CodeState;
  productName: string;
  region: string | null;
  supplierName: string | null;
  orderId: string | null;
  supplierOrderId: string | null;
  customerRef: string | null;
};

export type ComplaintPage = {
  rows: ComplaintRow[];
  next: string | null;
  may: CodeRights;
  readAt: string;
};

/** One thing that was done to a code, as the audit log has it. */
export type CodeEvent = {
  id: string;
  at: string;
  actor: string;
  /** `code.revealed`, `claim_link.opened` … */
  action: string;
  reason: string | null;
  details: Record<string, string | number | boolean | null>;
};

type LinkedCode = { id: string; mask: string; state: CodeState };

/** Everything about one code but what it is. */
export type CodeDetail = CodeRow & {
  supplierName: string | null;
  /** Where it came from: the place in the order, or the row of the import, counted from 0. */
  position: number;
  order: { id: string; supplierOrderId: string | null; item: number } | null;
  import: { id: string; source: string } | null;
  handOut: HandOutView | null;
  /** The bad one that this was given for. */
  replaces: LinkedCode | null;
  /** The one that was given for this. */
  replacedBy: LinkedCode | null;
  /** Newest first. */
  complaints: ComplaintView[];
  /** Until when the supplier hears of it, counted from when it was stored; null for codes of our own. */
  windows: Record<ComplaintKind, string> | null;
  /** What its place showed in later answers. */
  conflicts: { mask: string; storedAt: string }[];
  /** Codes of its product that could replace it. */
  available: number;
  /** Oldest first. */
  history: CodeEvent[];
  /** More was done than `history` shows. */
  historyCut: boolean;
  may: CodeRights;
  readAt: string;
};

/** A code that has the value somebody asked for. */
export type FoundCode = Pick<
  CodeRow,
  "id" | "mask" | "state" | "productName" | "region" | "orderId" | "customerRef" | "isMock"
>;
