/** What `scripts/bench.mjs` read from the command line. */
export type Options = {
  /** Ids of benchmarks; null for all. */
  only: string[] | null;
  rounds: number;
  json: boolean;
  write: boolean;
};
