import type { Db } from "./db.ts";
import type { Log } from "./log.ts";
import { newId } from "./new-id.ts";

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
  return { db, log, now: () => new Date(), newId, random: Math.random };
}
