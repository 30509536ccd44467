import type { buildConnector } from "undici";
import type { z } from "zod";
import type { Inbound, SocketHandlers, SupplierSocket } from "./inbound.ts";
import type { Supplier } from "./port.ts";

/** A secret that an account of this kind has. */
export type SecretField = {
  name: string;
  isRequired: boolean;
  /** Keyhold can make one, to be typed in at the supplier. */
  isGenerated: boolean;
  /** What it proves: us to the supplier, or the supplier to us. */
  proves: "us" | "them";
};

/** Secrets by name, newest first: of those that prove the supplier, replaced ones count for a day. */
export type Secrets = Readonly<Record<string, readonly string[]>>;

export type ConnectOptions<C> = {
  config: C;
  secrets: Secrets;
  now: () => Date;
  /** Makes the connections, since addresses are what somebody typed in; without it as Node does. */
  connector?: buildConnector.connector | undefined;
};

/** What an account can do once it is connected. Opening it makes no call. */
export type Connected = {
  supplier: Supplier;
  /** The currency of its orders. */
  currency: string;
  /** Null: it pushes nothing, or nothing is set up to prove what it pushes. */
  inbound: Inbound | null;
  /** Null where it has no socket. Reconnects for ever by itself until it is closed. */
  openSocket: ((handlers: SocketHandlers) => SupplierSocket) | null;
};

/** A kind of supplier: what an account of it is configured by, and how it is connected. */
export type SupplierKind<C = unknown> = {
  kind: string;
  /** What is no secret. Parsed from the form, the command line and the row alike. */
  config: z.ZodType<C>;
  secrets: readonly SecretField[];
  /**
   * A word for what is wrong with a secret under this configuration, or with its absence (null), where
   * more is asked than that a required one is there. Where `required` is the word, none is made up.
   */
  secretProblem?(config: C, name: string, value: string | null): string | null;
  /** How often its orders are looked at, until somebody chooses otherwise; by default as FoxReload's. */
  schedule?: "backoff" | "steady" | "learned";
  /** Every address that it would connect to, checked before they are kept. */
  addresses(config: C): readonly string[];
  /** Throws nothing for a parsed configuration and its required secrets. */
  connect(options: ConnectOptions<C>): Connected;
};
