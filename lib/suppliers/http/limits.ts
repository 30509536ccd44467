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
  /** 10 lines of 300 codes stay well below this. */
  singleBytes: 1024 * 1024,
  /** 200 products or categories with descriptions stay well below this. */
  listBytes: 4 * 1024 * 1024,
  /** Documented answers are about 6 levels deep; deeper ones are an attack on recursion. */
  depth: 64,
  minRetryAfterMs: 1_000,
  maxRetryAfterMs: 3_600_000,
  /** Supplier's words on a refusal or an item, as shown to staff. */
  detailChars: 500,
} as const;
