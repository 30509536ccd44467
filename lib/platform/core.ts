import { v7 } from "uuid";
import type { Db } from "./db.ts";
import type { Log } from "./log.ts";

/** What every verb stands on. Tests hand in their own clock, ids and chance. */
export type Core = {
  db: Db;
  log: Log;
  now: () => Date;
  /** UUIDv7, so that ids sort by the time of their making. */
  newId: () => string;
  /** In [0, 1). */
  random: () => number;
};

export function systemCore(db: Db, log: Log): Core {
  return { db, log, now: () => new Date(), newId: () => v7(), random: Math.random };
}
