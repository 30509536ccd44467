/** How long and how much we let a supplier's answer be, with the reason for each number. */
export const limits = {
  /** A host that has not taken the connection by then is down or filtered. */
  connectTimeoutMs: 5_000,
  /** Reads are repeated by whoever asked, so they may give up early. */
  readDeadlineMs: 15_000,
  /** A write that is given up on is an unknown outcome, which costs far more than waiting. */
  writeDeadlineMs: 30_000,
  /** Sockets for reads, one for each in flight, opened as they are needed: how many those are is the account's budget. */
  readConnections: 256,
  /** 200 products or categories with descriptions stay well below this. */
  listBytes: 4 * 1024 * 1024,
  /** 10 lines of 300 codes stay well below this. */
  singleBytes: 1024 * 1024,
  /** Documented answers are about 6 levels deep; deeper ones are an attack on recursion. */
  depth: 64,
  /** Rows asked for on one list page: the documented maximum. */
  pageRows: 200,
  /** Orders carry their codes, and the newest few are what is mostly wanted: the default elsewhere. */
  orderPageRows: 50,
  /** 50 orders of 3,000 codes each, at 100 bytes a code. */
  orderListBytes: 16 * 1024 * 1024,
  /**
   * Rows that neighbouring pages of orders share. An order that goes away between two pages moves
   * the others up, and one of them would be on neither; new orders only move them down.
   */
  orderPageOverlap: 5,
  minRetryAfterMs: 1_000,
  maxRetryAfterMs: 3_600_000,
  /** Supplier's words on a refusal or an item, as shown to staff. */
  detailChars: 500,
} as const;
