/** Endpoints as pages see them: never a secret. */
import type { EventPattern } from "#lib/events/types.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

/** How it stands, as the engine has it; see `components/endpoints/standing-of.ts` for words. */
export type EndpointStanding = {
  pausedAt: string | null;
  pausedBy: string | null;
  pauseReason: string | null;
  disabledAt: string | null;
  disabledWhy: string | null;
  /** Failed tries in a row. */
  failures: number;
  /** Nothing is sent before. */
  openUntil: string | null;
  warnedAt: string | null;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastError: string | null;
};

export type EndpointRow = EndpointStanding & {
  id: string;
  name: string;
  channel: ChannelKind;
  /** Where it leads, without secrets. */
  target: string;
  events: EventPattern[];
  payload: PayloadStyle;
  includesMock: boolean;
  /** Of the last day's tries, the newest of them. */
  tries: number;
  accepted: number;
  /** What waits for it, counted up to `COUNTED_UP_TO`. */
  pending: number;
  oldestPendingAt: string | null;
};

export type EndpointRights = { manage: boolean; send: boolean };

export type EndpointsView = { rows: EndpointRow[]; may: EndpointRights; readAt: string };

export type SigningView = { id: string; createdAt: string; expiresAt: string | null };

/** What the form begins with; for those who may change it. */
export type EndpointSettings = {
  config: Record<string, unknown>;
  /** Values of headers that are no secret, by name. */
  headers: Record<string, string>;
  /** Names of the secrets that it has. */
  kept: string[];
  signing: SigningView[];
};

export type EndpointDetail = EndpointRow & {
  productIds: string[];
  /** Null: the usual plan. */
  retryPlanMs: number[] | null;
  isOrdered: boolean;
  sendsAtOnce: number;
  ratePerMinute: number | null;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  /** Handed back with an edit, which fails where somebody else came first. */
  version: string;
  /** Null for those who may not change it. */
  settings: EndpointSettings | null;
  /** Its secrets can't be opened: the key that sealed them isn't there. */
  isLocked: boolean;
  may: EndpointRights;
  readAt: string;
};

export const HEALTH_RANGES = ["24h", "7d"] as const;
export type HealthRange = (typeof HEALTH_RANGES)[number];

export type HealthBucket = {
  at: string;
  accepted: number;
  refused: number;
  failed: number;
  /** Of tries that were accepted, in milliseconds. */
  p50: number | null;
  p95: number | null;
};

export type EndpointHealth = {
  range: HealthRange;
  bucketMs: number;
  buckets: HealthBucket[];
  tries: number;
  accepted: number;
  p50: number | null;
  p95: number | null;
  /** What kept tries from being accepted, the most frequent first. */
  errors: { kind: string; count: number }[];
  /** There were more tries than are looked at. */
  isCapped: boolean;
  readAt: string;
};
