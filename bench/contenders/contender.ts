export type Setting = {
  databaseUrl: string;
  supplierUrl: string;
  redisUrl: string | null;
};

export type Started = {
  /** Begins to work on what is due. */
  start(): Promise<void> | void;
  /** Ends in order; nothing is left running. */
  stop(): Promise<void>;
};

/** Gets everything ready that isn't measured: connections, and a job for each due order. */
export type Contender = (setting: Setting) => Promise<Started>;

/** What a queue carries: ids only. */
export type Job = { orderId: string; supplierOrderId: string };

/** After a queue's name: with the engine's recorder lent to it. */
export const LENT = " + recorder";
