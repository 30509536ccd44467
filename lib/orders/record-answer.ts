import { setTimeout as wait } from "node:timers/promises";
import { OwnedByAnother } from "#lib/placement/mirror.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation, Recorded } from "./observation.ts";
import { recordObservations } from "./record-observations.ts";

/** Together about a minute: long enough for a database to be restarted. */
const WAITS_MS = [100, 300, 1_000, 3_000, 6_000, 10_000, 20_000, 20_000];

/**
 * Records the answer to something that may have cost money. It can't be asked for again, so while the
 * database is away it is held and tried again. Throws when that doesn't help either, or at once when
 * the answer clashes with another order's.
 */
export async function recordAnswer(
  ctx: OrdersContext,
  observation: Observation,
): Promise<Recorded | null> {
  for (const waitMs of [...WAITS_MS, null]) {
    try {
      const [recorded] = await recordObservations(ctx, [observation]);
      return recorded ?? null;
    } catch (error) {
      if (waitMs === null || isOwnedByAnother(error)) throw error;
      const { source } = observation;
      ctx.log.warn({ err: error, source }, "an answer is not recorded yet");
      await (ctx.sleep ?? wait)(waitMs);
    }
  }
  return null;
}

/** What was answered belongs to another order here. */
export function isOwnedByAnother(error: unknown): boolean {
  return error instanceof OwnedByAnother || (error as { code?: string }).code === "P2002";
}
