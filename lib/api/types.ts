import type { Scope } from "#lib/access/permissions.ts";

export type KeyState = "active" | "expired" | "revoked";

/** A key as pages show it; never the key. */
export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  state: KeyState;
  scopes: Scope[];
  /** Empty: from anywhere. */
  allowedFrom: string[];
  ratePerMinute: number;
  ownOrdersOnly: boolean;
  /** By currency, decimal text. */
  spendPerDay: Record<string, string>;
  createdAt: string;
  createdBy: string;
  expiresAt: string | null;
  revokedAt: string | null;
  /** To the minute. */
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
  /** The one before works until then. */
  previous: { prefix: string; until: string } | null;
};

export type KeysRoomView = {
  keys: KeyView[];
  /** Scopes that whoever looks may give. */
  mayGive: Scope[];
  readAt: string;
};
