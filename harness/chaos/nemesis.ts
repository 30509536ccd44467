/** Breaks things until it is told to stop, and leaves everything whole. What it does is drawn from the seed. */
import { drawWeighted, stream } from "../simulate/chance.ts";
import type { Child } from "./child.ts";
import type { ChaosDatabase } from "./database.ts";
import type { Fleet } from "./fleet.ts";
import type { ForeignOrders } from "./foreign-orders.ts";
import { pauseFor, until } from "./moments.ts";
import type { ChaosPlan } from "./plan.ts";
import type { ChaosSupplier } from "./supplier.ts";
import { drawEpisode } from "./supplier-faults.ts";

type World = {
  plan: ChaosPlan;
  database: ChaosDatabase;
  supplier: ChaosSupplier;
  fleet: Fleet;
  foreign: ForeignOrders;
  note: (what: string) => void;
};

export type Nemesis = { counts: ReadonlyMap<string, number>; ended: Promise<void> };

const GAP_MS = [200, 2_600] as const;
const MOST_EPISODES = 4;
/** Recovery takes a second or two; between two restarts work is to get on for a moment. */
const BETWEEN_RESTARTS_MS = 7_000;

/** Begins at once and ends some moments after `signal` aborts: everything runs again then. */
export function startNemesis(world: World, signal: AbortSignal): Nemesis {
  const { plan, database, supplier, fleet, foreign, note } = world;
  const chance = stream(plan.seed, "nemesis");
  const between = (least: number, most: number) => least + chance() * (most - least);
  const counts = new Map<string, number>();
  const paused = new Set<Child>();
  const underWay = new Set<Promise<void>>();
  let episodes = 0;
  let restartedAt = 0;

  function did(what: string): void {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    note(what);
  }

  const deeds: Record<string, { weight: number; act: () => Promise<void> }> = {
    episode: { weight: 20, act: supplierGoesWrong },
    "kill worker": { weight: 3, act: killWorker },
    "pause worker": { weight: 4, act: pauseWorker },
    "replace worker": { weight: 1, act: replaceWorker },
    "stop postgres": { weight: 3, act: stopPostgres },
    "cut connections": { weight: 3, act: cutConnections },
    "kill backend": { weight: 1, act: killBackend },
    "stall postgres": { weight: 1, act: stallPostgres },
    "stall supplier": { weight: 2, act: stallSupplier },
    "order for another": { weight: plan.account.isExclusive ? 0 : 3, act: orderForAnother },
  };

  async function supplierGoesWrong(): Promise<void> {
    if (episodes >= MOST_EPISODES) return;
    episodes += 1;
    const { name, forMs, rules } = drawEpisode(chance, plan.bounds);
    const ids = await Promise.all(rules.map(supplier.addRule));
    did(`supplier: ${name}`);
    await pauseFor(forMs, signal);
    await Promise.all(ids.map(supplier.removeRule));
    episodes -= 1;
  }

  async function killWorker(): Promise<void> {
    const worker = pickWorker();
    if (!worker || !(await mayDie())) return;
    did("worker killed");
    await fleet.kill(worker);
  }

  async function replaceWorker(): Promise<void> {
    const worker = pickWorker();
    if (!worker) return;
    did("worker replaced");
    await fleet.replace(worker);
  }

  async function pauseWorker(): Promise<void> {
    const worker = pickWorker();
    // One at a time, so that the others have somebody to leave their work to.
    if (!worker || paused.size > 0) return;
    paused.add(worker);
    const { longestPauseMs } = plan.bounds;
    const kind = chance();
    const ms = kind < 0.5 ? between(200, 4_000) : between(longestPauseMs / 3, longestPauseMs);
    worker.signal("SIGSTOP");
    did(ms > 25_000 ? "worker paused past its leases" : "worker paused");
    await pauseFor(Math.min(ms, longestPauseMs), signal);
    worker.signal("SIGCONT");
    paused.delete(worker);
  }

  async function stopPostgres(): Promise<void> {
    if (Date.now() - restartedAt < BETWEEN_RESTARTS_MS || !(await mayDie())) return;
    restartedAt = Date.now();
    const mode = chance() < 0.6 ? "immediate" : "fast";
    database.shutDown(mode);
    did(`postgres stopped (${mode})`);
    await database.isBack();
  }

  async function cutConnections(): Promise<void> {
    const share = chance() < 0.5 ? 1 : 0.4;
    const pids = (await database.backends()).filter(() => chance() < share);
    await database.rows("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [pids]);
    did(share === 1 ? "all connections cut" : "some connections cut");
  }

  async function killBackend(): Promise<void> {
    if (Date.now() - restartedAt < BETWEEN_RESTARTS_MS || !(await mayDie())) return;
    const [pid] = await database.backends();
    if (pid === undefined) return;
    restartedAt = Date.now();
    if (!signalTo(pid, "SIGKILL")) return;
    did("postgres backend killed");
    await database.isBack();
  }

  async function stallPostgres(): Promise<void> {
    const pids = (await database.backends()).filter((pid) => signalTo(pid, "SIGSTOP"));
    did("postgres stalled");
    await pauseFor(between(500, plan.bounds.supplierStallMs), signal);
    for (const pid of pids) signalTo(pid, "SIGCONT");
  }

  async function stallSupplier(): Promise<void> {
    supplier.child.signal("SIGSTOP");
    did("supplier stalled");
    await pauseFor(between(200, plan.bounds.supplierStallMs), signal);
    supplier.child.signal("SIGCONT");
  }

  async function orderForAnother(): Promise<void> {
    const id = await foreign.place(chance);
    if (id !== null) did("order for another");
  }

  function pickWorker(): Child | null {
    const candidates = fleet.workers().filter((worker) => !paused.has(worker));
    return candidates[Math.floor(chance() * candidates.length)] ?? null;
  }

  /** A short run can't wait for the leases of the dead. */
  async function mayDie(): Promise<boolean> {
    return !plan.bounds.diesOnlyIdle || until(() => isNothingHeld(database), 3_000, 20);
  }

  async function run(): Promise<void> {
    const weights = Object.fromEntries(
      Object.entries(deeds).map(([name, { weight }]) => [name, weight]),
    );
    while (!signal.aborted) {
      await pauseFor(between(...GAP_MS), signal);
      if (signal.aborted) break;
      const deed = deeds[drawWeighted(weights, "deed", chance()) ?? ""];
      if (!deed) continue;
      const work = deed.act().finally(() => underWay.delete(work));
      underWay.add(work);
    }
    await Promise.all(underWay);
    await supplier.removeRules();
  }

  return { counts, ended: run() };
}

async function isNothingHeld(database: ChaosDatabase): Promise<boolean> {
  const [row] = await database.rows<{ held: boolean }>(
    `select exists (select 1 from orders where lease_until > now())
       or exists (select 1 from placement_gates where lease_until > now())
       or exists (select 1 from suppliers where audit_lease_until > now()) as held`,
  );
  return row?.held === false;
}

/** Answers whether there was anybody to get it. */
function signalTo(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
