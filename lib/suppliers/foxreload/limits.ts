/** How much is asked for at once, with the reason for each number. What holds for any supplier is `http/limits.ts`. */
export const limits = {
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
} as const;
