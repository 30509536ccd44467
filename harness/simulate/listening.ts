/** Workers that listen to the supplier's socket: one of them has it, hears what it follows, and not all of it. */

import { SOCKETS_EVERY_MS } from "#lib/engine/engine-schedule.ts";
import { NUDGE_GAP_MS } from "#lib/engine/gentle-nudges.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { type FollowedOrders, readFollowedOrders } from "#lib/orders/followed-orders.ts";
import { hurryLooks } from "#lib/orders/hurry-looks.ts";
import { nudgeOrders } from "#lib/orders/nudge-orders.ts";
import { claimSocket, reportSocket } from "#lib/suppliers/socket-lease.ts";
import { drawBetween } from "./chance.ts";
import type { Process } from "./scheduler.ts";
import { guarded, type Simulation } from "./simulation.ts";

/** What a process hears of the supplier. */
export type Ear = {
  process: Process;
  ctx: OrdersContext;
  isUp: boolean;
  /** What it heard since its last report. */
  updates: number;
  followed: FollowedOrders;
};

/** As `lib/engine/held-socket.ts` has it, which goes by real timers. */
export async function listen(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  const supplierId = sim.account.id;
  const ear: Ear = { process, ctx, isUp: false, updates: 0, followed: new Map() };
  sim.ears.add(ear);
  let token: string | null = null;
  for (let round = 0; ; round += 1) {
    await sim.scheduler.park(process, "socket", SOCKETS_EVERY_MS);
    if (token === null) {
      const lease = { supplierId, token: ctx.newId() };
      if (await guarded(sim, process, "socket claim", () => claimSocket(ctx, lease))) {
        token = lease.token;
      }
    }
    if (token === null) continue;
    const isUp = !sim.faults.fires("socket_down", `${process.name}/${round}`);
    const lease = { supplierId, token };
    const connects = isUp && !ear.isUp ? 1 : 0;
    const told = { connects, updates: ear.updates, lastError: null };
    const report = { ...told, state: isUp ? "up" : "down", seenMsAgo: isUp ? 0 : null } as const;
    const isHeld = await guarded(sim, process, "socket report", () =>
      reportSocket(ctx, lease, report),
    );
    if (isHeld) ear.updates = 0;
    if (isHeld === false) {
      token = null;
      ear.isUp = false;
    } else await follow(sim, ear, isUp);
  }
}

/** What was said while nobody listened is asked for once. */
async function follow(sim: Simulation, ear: Ear, isUp: boolean): Promise<void> {
  const { process, ctx } = ear;
  const isChanged = isUp !== ear.isUp;
  ear.isUp = isUp;
  await guarded(sim, process, "socket follow", async () => {
    const open = await readFollowedOrders(ctx, sim.account.id);
    const fresh = [...open].flatMap(([theirs, ours]) => (ear.followed.has(theirs) ? [] : [ours]));
    ear.followed = open;
    if (isChanged) await hurryLooks(ctx, sim.account.id);
    else if (fresh.length > 0) await hurryLooks(ctx, sim.account.id, fresh);
  });
}

/** The supplier says on its socket that something is new about an order. */
export function sayOnSocket(sim: Simulation, supplierOrderId: string, occasion: string): void {
  for (const ear of sim.ears) {
    const orderId = ear.followed.get(supplierOrderId);
    if (!ear.process.alive || !ear.isUp || orderId === undefined) continue;
    if (sim.faults.fires("socket_mute", occasion)) continue;
    ear.updates += 1;
    sim.spawn(() => hear(sim, ear, orderId, occasion));
    if (sim.faults.fires("push_doubled", `socket/${occasion}`)) {
      sim.spawn(() => hear(sim, ear, orderId, `${occasion}/again`));
    }
  }
}

/** A hint: the order is looked at soon, once nobody is at work on it. */
async function hear(
  sim: Simulation,
  { process, ctx }: Ear,
  orderId: string,
  occasion: string,
): Promise<void> {
  const soonMs = drawBetween(50, 2_000, sim.plan.seed, "heard", occasion);
  await sim.scheduler.park(process, "heard", soonMs);
  let left: readonly string[] = [orderId];
  while (left.length > 0) {
    const nudged = left;
    left = (await guarded(sim, process, "nudge", () => nudgeOrders(ctx, nudged))) ?? nudged;
    if (left.length > 0) await sim.scheduler.park(process, "nudge again", NUDGE_GAP_MS);
  }
}
