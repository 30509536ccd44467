/** Times in milliseconds since 1970. */
export type TimedOrder = { id: string; createdAt: number; completesAt: number };

/** What the supplier was asked since it last told. */
export type Asked = { reads: number; pages: number; others: number; createdAt: number[] };
