/** A worker as a logical process: the product's own pieces, in the loop that the engine runs them in. */
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { stalled } from "#lib/alerts/rules/stalled.ts";
import { type Claim, claimLooks, claimSends, renewLeases } from "#lib/orders/claims.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { RENEW_EVERY_MS } from "#lib/orders/poll-schedule.ts";
import { createLookRecorder } from "#lib/orders/record-look.ts";
import { createPaceBook } from "#lib/polling/pace-book.ts";
import { planPolling } from "#lib/sweep/plan-polling.ts";
import { sweepAccounts } from "#lib/sweep/sweep-accounts.ts";
import { PLAN_EVERY_MS } from "#lib/sweep/sweep-schedule.ts";
import { draw, drawBetween } from "./chance.ts";
import { listen } from "./listening.ts";
import type { Process } from "./scheduler.ts";
import { contextFor, contextOf, guarded, type Simulation } from "./simulation.ts";
import { traitsOf } from "./traits.ts";

/** As the engine looks for due work when nothing wakes it. */
const SCAN_MS = 1_000;
const AUDIT_EVERY_MS = 60_000;
const STALLS_EVERY_MS = 300_000;
/** More seldom than the engine does, and often enough for the doctor. */
const ALERTS_EVERY_MS = 30_000;

export function startWorker(sim: Simulation, name: string): Process {
  const process: Process = { name, alive: true, stoppedUntil: 0 };
  const plain = contextOf(sim, process);
  const ctx = { ...plain, looks: createLookRecorder(plain), paces: createPaceBook() };
  const held = new Set<Claim>();
  sim.spawn(() => claims(sim, process, ctx, held));
  sim.spawn(() => renewals(sim, process, ctx, held));
  const forNone = contextFor(sim, ctx, null);
  sim.spawn(() => gates(sim, process, forNone));
  sim.spawn(() => audits(sim, process, forNone));
  sim.spawn(() => stalls(sim, process, forNone));
  sim.spawn(() => alerts(sim, process, forNone));
  if (traitsOf(sim.plan.traits).socket) sim.spawn(() => listen(sim, process, forNone));
  if (sim.plan.looks === "planned") sim.spawn(() => plans(sim, process, forNone));
  if (sim.plan.looks !== "single") sim.spawn(() => sweeps(sim, process, forNone));
  return process;
}

async function claims(
  sim: Simulation,
  process: Process,
  ctx: OrdersContext,
  held: Set<Claim>,
): Promise<void> {
  const { batch } = sim.plan;
  const take = async (): Promise<Claim[]> => [
    ...(await claimSends(ctx, batch)),
    ...(await claimLooks(ctx, sim.account.id, batch)).claims,
  ];
  for (;;) {
    const claimed = (await guarded(sim, process, "claim", take)) ?? [];
    for (const claim of claimed.toSorted(byOrder)) {
      const own = contextFor(sim, ctx, claim.orderId);
      held.add(claim);
      sim.spawn(async () => {
        await sim.controls.workOnClaim(own, claim, { goesOn: true });
        held.delete(claim);
      });
    }
    if (claimed.length < batch) await idle(sim, process, () => sim.standing.ordersDueAt);
  }
}

async function renewals(
  sim: Simulation,
  process: Process,
  ctx: OrdersContext,
  held: Set<Claim>,
): Promise<void> {
  const { scheduler } = sim;
  for (;;) {
    await scheduler.parkUntil(process, "held", () =>
      held.size > 0 ? 0 : Number.POSITIVE_INFINITY,
    );
    await scheduler.park(process, "renew", RENEW_EVERY_MS);
    await guarded(sim, process, "renew", () => renewLeases(ctx, [...held]));
  }
}

/** The database may hand them out in any order. */
const byOrder = (left: { orderId: string }, right: { orderId: string }): number =>
  left.orderId < right.orderId ? -1 : 1;

async function gates(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (;;) {
    await idle(sim, process, () => sim.standing.gatesDueAt);
    await guarded(sim, process, "gates", () => sim.controls.reconcileGates(ctx));
  }
}

async function audits(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (let round = 0; ; round += 1) {
    const early = draw(sim.plan.seed, "audit", process.name, round) * AUDIT_EVERY_MS;
    await sim.scheduler.park(process, "audit", round === 0 ? early : AUDIT_EVERY_MS);
    await guarded(sim, process, "audit", () => sim.controls.auditAccounts(ctx));
  }
}

async function stalls(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (;;) {
    await sim.scheduler.park(process, "stalls", STALLS_EVERY_MS);
    await guarded(sim, process, "stalls", () => stalled.judge(ctx));
  }
}

async function alerts(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (;;) {
    await sim.scheduler.park(process, "alerts", ALERTS_EVERY_MS);
    await guarded(sim, process, "alerts", () => raiseAlerts(ctx));
  }
}

async function plans(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (let round = 0; ; round += 1) {
    const early = draw(sim.plan.seed, "plan", process.name, round) * PLAN_EVERY_MS;
    await sim.scheduler.park(process, "plan", round === 0 ? early : PLAN_EVERY_MS);
    await guarded(sim, process, "plan", () => planPolling(ctx));
  }
}

async function sweeps(sim: Simulation, process: Process, ctx: OrdersContext): Promise<void> {
  for (;;) {
    await idle(sim, process, () => sim.standing.sweepsDueAt);
    await guarded(sim, process, "sweep", () => sweepAccounts(ctx));
  }
}

/**
 * Until the next look for work finds some: empty looks before that would change nothing, and are left
 * out. Each process looks at its own instants.
 */
function idle(sim: Simulation, process: Process, dueAt: () => number): Promise<void> {
  const turn = sim.scheduler.steps();
  const offset = drawBetween(1, SCAN_MS, sim.plan.seed, "scan", process.name, turn);
  const earliest = sim.scheduler.now() + offset;
  return sim.scheduler.parkUntil(process, "idle", () => Math.max(earliest, dueAt() + offset));
}
