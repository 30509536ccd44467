/** What one run is made of. The choices follow from the seed; when things happen doesn't. */
import { draw } from "../simulate/chance.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export type ChaosOptions = {
  /** For how long things go wrong. */
  minutes: number;
  seed: number;
  workers: number;
  /** Whether the supplier takes the money when an order is created; null: as the seed says. */
  createCharges: boolean | null;
  json: boolean;
};

export type ChaosPlan = {
  seed: number;
  workers: number;
  nemesisMs: number;
  account: {
    createCharges: boolean;
    /** Nobody else orders with the account; else somebody does. */
    isExclusive: boolean;
    /** A few orders pass in peace first, so that creating is found to be free. */
    learnsFirst: boolean;
    settlingMs: number;
  };
  bounds: ChaosBounds;
  /** The average time from one wish of a customer to the next. */
  wishEveryMs: number;
};

/**
 * What Keyhold takes for granted: whatever was sent is in the list before the settling time is over. A
 * worker may be paused for `SEND_WINDOW_MS` between its permit and the first byte, then the supplier
 * may stall, let the order land late, and list it later still; together that stays below it.
 */
export type ChaosBounds = {
  landLateMs: number;
  listLagMs: number;
  supplierStallMs: number;
  /** How long a worker may be paused; beyond its leases where the run is long enough. */
  longestPauseMs: number;
  /**
   * A killed worker's leases take up to two minutes to run out. A short run can't wait for that, so
   * there processes die while nothing is leased.
   */
  diesOnlyIdle: boolean;
};

/** Shorter runs are for `npm test`. */
const LONG_ENOUGH_MS = 1.5 * MINUTE;

export function planChaos({ minutes, seed, workers, createCharges }: ChaosOptions): ChaosPlan {
  const nemesisMs = minutes * MINUTE;
  const isShort = nemesisMs < LONG_ENOUGH_MS;
  const charges = createCharges ?? draw(seed, "create charges") < 0.5;
  return {
    seed,
    workers,
    nemesisMs,
    account: {
      createCharges: charges,
      isExclusive: draw(seed, "exclusive") < 0.5,
      learnsFirst: !charges && draw(seed, "learns first") < 0.6,
      settlingMs: (isShort ? 12 : 30) * SECOND,
    },
    bounds: isShort
      ? {
          landLateMs: 3 * SECOND,
          listLagMs: 1 * SECOND,
          supplierStallMs: 1 * SECOND,
          longestPauseMs: 3 * SECOND,
          diesOnlyIdle: true,
        }
      : {
          landLateMs: 7 * SECOND,
          listLagMs: 4 * SECOND,
          supplierStallMs: 5 * SECOND,
          longestPauseMs: 70 * SECOND,
          diesOnlyIdle: false,
        },
    wishEveryMs: 900,
  };
}
