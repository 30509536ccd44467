import type { Grant, Role } from "../permissions.ts";
import type { Device } from "./device-of.ts";
import type { SpendLimitInput } from "./spend-limit-input.ts";

export type PersonStanding = "active" | "invited" | "disabled";

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  grants: Grant[];
  standing: PersonStanding;
  hasSecondFactor: boolean;
  /** ISO. */
  lastSignedInAt: string | null;
  isYou: boolean;
};

export type PeopleView = {
  rows: PersonRow[];
  /** Roles and grants that the reader may give. */
  roles: Role[];
  grantable: Grant[];
};

/** Times are ISO. */
export type SessionView = {
  id: string;
  device: Device;
  address: string | null;
  method: "password" | "oidc";
  createdAt: string;
  lastUsedAt: string;
  isThis: boolean;
};

/** An API key whose secret somebody was shown. */
export type SeenKey = { id: string; name: string; prefix: string };

export type PersonDetail = PersonRow & {
  /** What the row was made of when it was read. */
  createdAt: string;
  hasPassword: boolean;
  signsInElsewhere: boolean;
  spendLimits: SpendLimitInput[];
  sessions: SessionView[];
  /** API keys that he can go on using whatever he may do himself. */
  keys: SeenKey[];
  /** A link that still leads in. */
  link: { kind: "invite" | "reset"; expiresAt: string } | null;
  /** Whether the reader may change him; not himself, and owners only as one. */
  mayTouch: boolean;
  roles: Role[];
  /** Those that he has, and those that the reader may give. */
  grantable: Grant[];
};

export type OwnAccount = {
  name: string;
  email: string;
  role: Role;
  grants: Grant[];
  hasPassword: boolean;
  passwordSetAt: string | null;
  secondFactor: { since: string; recoveryCodesLeft: number } | null;
  /** Whether it may not be given up. */
  needsSecondFactor: boolean;
  /** At providers of single sign-on. */
  identities: { issuer: string; linkedAt: string }[];
  spendLimits: SpendLimitInput[];
  sessions: SessionView[];
};
