import type { CodeParts } from "./code-parts.ts";

/** Why a claim link shows nothing. Without its secret there is no link: that is `unknown`. */
export type ClaimOver =
  | { kind: "opened"; openedAt: string }
  | { kind: "expired"; expiredAt: string }
  /** Taken back, or what it was for is no good any more. */
  | { kind: "revoked" }
  /** Too many wrong PINs. */
  | { kind: "locked" }
  | { kind: "unknown" }
  /** From this address came too many tries that led nowhere. */
  | { kind: "too_many"; retryAfterSeconds: number };

export type ClaimStanding =
  | { kind: "ready"; codes: number; needsPin: boolean; triesLeft: number; expiresAt: string }
  | ClaimOver;

export type ClaimedCode = {
  productName: string;
  region: string | null;
  /** How the supplier says that it is used. */
  guide: string | null;
  value: string;
  parts: CodeParts;
};

export type ClaimOpening =
  | { kind: "shown"; codes: ClaimedCode[] }
  | { kind: "pin_needed" }
  | { kind: "wrong_pin"; triesLeft: number }
  | ClaimOver;
