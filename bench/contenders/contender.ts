export type Setting = {
  databaseUrl: string;
  supplierUrl: string;
  redisUrl: string | null;
};

export type Spent = { cpuSeconds: number; sealingSeconds: number };

export type Started = {
  /** Begins to work on what is due. */
  start(): Promise<void> | void;
  /** Ends in order; nothing is left running. */
  stop(): Promise<void>;
  /** What the process used since it began, and what of that went into sealing, where it was measured. */
  spent?(): Spent;
};

/** Gets everything ready that isn't measured: connections, and a job for each due order. */
export type Contender = (setting: Setting) => Promise<Started>;

/** What a queue carries: ids only. */
export type Job = { orderId: string; supplierOrderId: string };

/** After a queue's name: with the engine's recorder lent to it. */
export const LENT = " + recorder";
