import type { Role } from "#lib/access/permissions.ts";

/** What every page of the console shows around itself. Plain JSON: it travels by `/api/live/shell`. */
export type ShellState = {
  /** When the server read this, ISO. Everything "ago" in the shell is honest because of it. */
  readAt: string;
  user: { name: string; email: string; role: Role };
  environment: "demo" | "development" | "production";
  suppliers: ShellSupplier[];
  engine: {
    health: "ok" | "late" | "stopped";
    /** ISO; null if no engine was ever seen. */
    lastBeatAt: string | null;
    /** Who gave it: what has to be looked after. */
    lastKind: "worker" | "cron" | null;
  };
  /** What keeps alerts from being made, or from being told of; null where nothing does. */
  alerting: ShellAlerting | null;
  /** The main currency first. */
  balances: ShellBalance[];
  counts: {
    /** Open alerts; up to a thousand. */
    alerts: number;
    /** Supplier orders that nothing here explains. */
    unattributed: number;
    /** Deliveries that failed and weren't sent again, or are late; up to a hundred. */
    deliveries: number;
  };
};

export type ShellAlerting =
  | { kind: "not_raised" | "not_told"; count: number; since: string }
  /** Rules by name. */
  | { kind: "not_judged"; rules: string[] };

export type SupplierHealth = "ok" | "slow" | "erroring" | "unknown";

export type ShellSupplier = {
  name: string;
  health: SupplierHealth;
  /** ISO; null if never asked. */
  checkedAt: string | null;
};

export type ShellBalance = {
  currency: string;
  /** Decimal text. */
  available: string;
  /** ISO. */
  sampledAt: string;
};

/** Where the shell refreshes itself from; a GET that answers `ShellState`. */
export const shellStatePath = "/api/live/shell";
