/** What every benchmark stands on, started by `scripts/bench.mjs` or by a test. */
export type World = {
  /** A PostgreSQL that may make databases. */
  adminUrl: string;
  /** A migrated database on it that nobody is connected to. */
  template: string;
  /** For logs. */
  folder: string;
  /** Null where there is no Redis; `redisMissing` says why. */
  redisUrl: string | null;
  redisMissing: string | null;
  /** Ends the server in order and waits until it answers again. */
  restartPostgres(): Promise<void>;
};
