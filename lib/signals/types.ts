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
  | "invariant_violated"
  /** Somebody revealed unusually many codes within an hour. Subject: the person. */
  | "reveals_unusual"
  /** An API key opened many codes within an hour that came long before. Subject: the key. */
  | "key_opens_old_codes"
  /** An account holds less than its line. Subject: the account. */
  | "balance_low"
  /** Fewer available codes than its line. Subject: the stock product. */
  | "stock_low"
  /** Codes in stock expire soon. Subject: the stock product. */
  | "codes_expiring"
  /** An order failed or was cancelled after its codes had been handed out. Subject: the order. */
  | "handed_out_of_failed_order"
  /** An endpoint has taken nothing for minutes, or for half of its failure budget. Subject: the endpoint. */
  | "endpoint_failing"
  /** An endpoint never got what it asks for of anything but orders. Subject: the endpoint. */
  | "notices_failed"
  /** An endpoint said that it is gone, or used up its failure budget; nothing is sent to it. Subject: the endpoint. */
  | "endpoint_disabled"
  /** An account holds less than its second line. Subject: the account. */
  | "balance_critical"
  /** The supplier says by itself that an account runs low, which nothing here measures. Subject: the account. */
  | "balance_told_low"
  /** An account's balance has not been told for a while. Subject: the account. */
  | "balance_stale"
  /** A change of an account's balance that no order, refund or top-up explains. Subject: the account. */
  | "balance_unexplained"
  /** An account's catalogue has not been read through for a while. Subject: the account. */
  | "catalog_outdated"
  /** Most calls of an account fail. Subject: the account. */
  | "supplier_down"
  /** An account answers much more slowly than it used to. Subject: the account. */
  | "supplier_slow"
  /** An account asks for fewer calls again and again. Subject: the account. */
  | "supplier_limiting"
  /** An account refuses its key. Subject: the account. */
  | "key_refused"
  /** What comes in an account's name isn't proved to be its own. Subject: the account. */
  | "push_refused"
  /** An account can't be called as it is set up. Subject: the account. */
  | "supplier_not_connected"
  /** What an account told is about orders that nobody here knows. Subject: the account. */
  | "inbox_unmatched"
  /** What an account told can't be read, or nothing could be made of it. Subject: the account. */
  | "inbox_unreadable"
  /** No engine has shown a sign of life, or what is due is not done. Subject: `engine`. */
  | "engine_late"
  /** The key that seals codes has sealed for long. Subject: the data key. */
  | "sealing_key_old";

export type SignalData = Record<string, string | number | boolean | null>;

export type SystemSignalView = {
  key: SystemSignalKey;
  subject: string;
  openedAt: string;
  data: SignalData;
};
