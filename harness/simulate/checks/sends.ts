/** What must hold the moment something leaves for the supplier. */
import { KNOWN_FOR_MS } from "#lib/suppliers/turn.ts";
import type { Call } from "../network.ts";
import type { Process } from "../scheduler.ts";
import type { Simulation } from "../simulation.ts";

/** I3: nothing that may cost money is sent without a committed attempt that says so. */
export async function noteSend(sim: Simulation, process: Process, call: Call): Promise<void> {
  const { endpoint, orderId, occasion } = call;
  if (endpoint !== "create" && endpoint !== "pay") return;
  const { rows } = await sim.scheduler.io(() =>
    sim.database.observer.query({
      name: "open attempt",
      // Or one that the supplier's own news of the order has closed before the first byte.
      text: `select 1 from order_attempts where order_id = $1 and kind = $2 and (outcome is null
        or (outcome = 'unknown' and resolution = 'claimed' and detail like 'The supplier told of the order%'))`,
      values: [orderId, endpoint],
    }),
  );
  if (rows.length > 0) return;
  sim.violations.push(`I3: ${process.name} sends ${occasion} without a committed attempt`);
}

/**
 * I12: called when a call's turn has come and the account's silence was asked for, in the same step. What
 * another process was told a moment ago may not have come round yet.
 */
export function noteSilence(sim: Simulation, what: string): void {
  const now = sim.scheduler.now();
  const leftMs = sim.standing.blockedUntil - now;
  if (leftMs > 0 && now - sim.silencedAt >= KNOWN_FOR_MS)
    sim.violations.push(`I12: a ${what} ${leftMs} ms before the silence is over`);
}
