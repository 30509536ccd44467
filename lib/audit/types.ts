/** What an entry may be about; its id stands beside it. */
export const AUDIT_OBJECT_KINDS = [
  "order",
  "user",
  "api_key",
  "supplier",
  "inbox_message",
  "code",
  "hand_out",
  "import",
  "stock_product",
  "data_key",
  "endpoint",
  "delivery",
  "delivery_job",
  "alert",
  "escalation_policy",
  "runbook",
  "top_up",
  "balance_step",
  "dossier",
  "product",
  "audit",
] as const;
export type AuditObjectKind = (typeof AUDIT_OBJECT_KINDS)[number];

export const AUDIT_ACTOR_KINDS = ["user", "key", "job", "customer"] as const;
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number];

/** What of the log is asked for; null: any. */
export type AuditFilter = {
  actorKind: AuditActorKind | null;
  /** An actor's id, or part of his name. */
  actor: string | null;
  /** `room.what-happened`, or the room alone. */
  action: string | null;
  objectKind: AuditObjectKind | null;
  /** Its id. */
  object: string | null;
  correlation: string | null;
  /** ISO, both within. */
  since: string | null;
  until: string | null;
};

/** An entry as pages and exports show it: plain JSON, times as ISO text. */
export type AuditRow = {
  /** The number, in as many digits as the longest has, so that ids sort by age. */
  id: string;
  seq: string;
  at: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  objectKind: string;
  objectId: string;
  reason: string | null;
  details: Record<string, unknown>;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
  agent: string | null;
  correlationId: string | null;
  /** Hexadecimal; null in entries older than the chain. */
  hash: string | null;
};

/** How the chain stands, as far as it was looked through by itself. */
export type AuditChainState = {
  /** Up to here it is good; null where nothing was looked at, or there is nothing. */
  verifiedSeq: string | null;
  verifiedAt: string | null;
  /** When it was last looked through from its first entry on. */
  wholeAt: string | null;
  broken: { seq: string; why: Break } | null;
};

export type AuditPage = { rows: AuditRow[]; next: string | null; chain: AuditChainState };

export const BREAKS = [
  "changed",
  "missing",
  "inserted",
  "reordered",
  "unchained",
  "unknown_key",
  "old_key",
  "head_missing",
  "head_ahead",
  "head_behind",
  "head_differs",
  "anchor_missing",
  "anchor_differs",
] as const;
/**
 * Why an entry isn't good. `changed`: it isn't what was written. `missing`: what stood before it is gone.
 * `inserted`: the one after it would fit in its place. `reordered`: the one after it was written for its place.
 * `unchained`: it has no hash, though it is younger than the chain. `unknown_key`: its key isn't among ours. `old_key`: made
 * with a key that was given up before. `head_…`: the chain's end isn't where the head says, or there is none.
 * `anchor_…`: nor where it was when it was noted outside.
 */
export type Break = (typeof BREAKS)[number];
