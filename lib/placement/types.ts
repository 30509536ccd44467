/** How an account is treated; plain values that may travel to the browser. */
export type PlacementMode =
  /** Creating costs nothing, paying does: a lost create is simply made again. */
  | "create_is_free"
  /** Creating costs, or nobody knows: what is unclear is counted out before anything is sent again. */
  | "create_may_charge";

/** What a person should know of Keyhold or an account as a whole; each opens once a subject. */
export type SystemSignalKey =
  /** An account's orders turned out to be charged when they are created. Subject: the account. */
  | "mode_fell_back"
  /** Unusually many lost creates left unpaid orders behind. Subject: the account. */
  | "orphans_many"
  /** Supplier orders that nothing here explains. Subject: the account. */
  | "unattributed_supplier_order"
  /** An account's list has not been read through for a while. Subject: the account. */
  | "audit_overdue"
  /** One of the invariants doesn't hold. Subject: its id. */
  | "invariant_violated";

export type SignalData = Record<string, string | number | boolean | null>;

export type SystemSignalView = {
  key: SystemSignalKey;
  subject: string;
  openedAt: string;
  data: SignalData;
};
