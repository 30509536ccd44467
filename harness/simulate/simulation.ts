/** One run: the virtual clock, the processes, what goes wrong, and what the checks need to know of it. */
import type { OrdersContext } from "#lib/orders/context.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import { fixedKeyring } from "#lib/platform/fixed-keyring.ts";
import type { Log } from "#lib/platform/log.ts";
import { createSealer, type Sealer } from "#lib/platform/seal.ts";
import { createAccounts, type SupplierAccount } from "#lib/suppliers/account.ts";
import { connectFoxreload } from "#lib/suppliers/foxreload/connect.ts";
import type { Supplier } from "#lib/suppliers/port.ts";
import { drawBetween, stream } from "./chance.ts";
import { noteSilence } from "./checks/sends.ts";
import type { Controls } from "./controls/control.ts";
import type { SimulationDatabase } from "./database.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createIds } from "./ids.ts";
import type { Ear } from "./listening.ts";
import { openNetwork } from "./network.ts";
import { overlay } from "./overlay.ts";
import type { OrderPlan, Plan } from "./plan.ts";
import { createScheduler, type Process, type Scheduler } from "./scheduler.ts";
import { API_KEY, openShop, type Shop } from "./shop.ts";
import { Crash, never, simulatedDb } from "./simulated-db.ts";
import { nothingStanding, type Standing } from "./standing.ts";
import { createTrace, type Trace } from "./trace.ts";
import { basketKeyOf, createTruth, type Truth } from "./truth.ts";

/** Any moment does; this one is far from a change of day or year. */
export const START = Date.UTC(2026, 5, 15, 10);
/** How likely a process dies or stops at the label that a run is about. */
const FOCUS = { crash: 0.35, stop: 0.2 };

export type Simulation = {
  plan: Plan;
  database: SimulationDatabase;
  scheduler: Scheduler;
  faults: Faults;
  trace: Trace;
  truth: Truth;
  shop: Shop;
  controls: Controls;
  sealer: Sealer;
  account: Omit<SupplierAccount, "supplier">;
  /** What our catalogue knows, by the supplier's slug. */
  products: ReadonlyMap<string, { id: string; price: string }>;
  /** Which planned order each order of ours is. */
  indexOf: Map<string, number>;
  /** For whom the adapter is being called at this moment. */
  tag: { orderId: string | null } | null;
  /** Calls so far, by endpoint and order. */
  callsMade: Map<string, number>;
  /** Orders whose first creates are lost before they have an effect, and how many are left. */
  neverLands: Map<string, number>;
  /** Creates and payments that haven't taken effect yet. */
  underway: number;
  /** Posts that people are still about. */
  postsLeft: number;
  /** Who listens to the supplier's socket, or would. */
  ears: Set<Ear>;
  /** What the supplier told, and nobody has taken yet. */
  newsLeft: number;
  /** Orders that others are yet to place. */
  othersLeft: number;
  /** When there was last something left to do. */
  busyAt: number;
  /** Something was created or paid since the truth was last looked at. */
  moneyMoved: boolean;
  /** The process within a transaction now, if any. */
  transactionOf: Process | null;
  /** Something was committed since the database was last looked at. */
  changed: boolean;
  /** What is committed, as of the last look. */
  standing: Standing;
  /** When its silence was last made longer. */
  silencedAt: number;
  reached: Set<CrashPoint>;
  /** Where processes died, by label. */
  diedAt: Set<string>;
  /** Invariants that were found broken, with what shows it. */
  violations: string[];
  /** One word for what a planned order asks for. */
  basketOf(order: OrderPlan): string;
  /** Milliseconds since the run began. */
  elapsed(): number;
  /** It may be another's turn now, and a process may die or stop here. */
  step(process: Process, label: string): Promise<void>;
  /** A name for this occasion, the same in every run in which it comes as often. */
  occasion(process: Process, label: string): string;
  kill(process: Process, where: string): void;
  /** Runs beside everything else; an error that nobody handles ends the run. */
  spawn(work: () => Promise<unknown>): void;
};

export type SimulationParts = {
  plan: Plan;
  database: SimulationDatabase;
  controls: Controls;
  account: Omit<SupplierAccount, "supplier">;
  products: Simulation["products"];
  only: ReadonlySet<string> | null;
  /** Whether what happens is written down; a very long run has no use for it. */
  traces: boolean;
  /** Called when a process has died, to start another in its place. */
  onDeath: (sim: Simulation, process: Process) => void;
};

export function createSimulation(parts: SimulationParts): Simulation {
  const { plan, onDeath } = parts;
  const { seed } = plan;
  const scheduler = createScheduler(START, stream(seed, "turns"));
  const elapsed = () => scheduler.now() - START;
  const trace = createTrace(elapsed, parts.traces);
  const faults = createFaults(seed, plan.rates, () => elapsed() >= plan.faultsEndMs, parts.only);
  const visits = new Map<string, number>();
  const waits = stream(seed, "waits");

  const sim: Simulation = {
    ...parts,
    scheduler,
    faults,
    trace,
    shop: openShop(plan, scheduler.now),
    truth: createTruth(),
    indexOf: new Map(),
    tag: null,
    callsMade: new Map(),
    neverLands: new Map(),
    underway: 0,
    postsLeft: 0,
    ears: new Set(),
    newsLeft: 0,
    othersLeft: 0,
    busyAt: START,
    moneyMoved: false,
    sealer: createSealer(fixedKeyring([{ id: "s1", key: Buffer.alloc(32, 7) }])),
    transactionOf: null,
    changed: true,
    standing: nothingStanding(),
    silencedAt: 0,
    reached: new Set(),
    diedAt: new Set(),
    violations: [],
    basketOf: ({ lines, isMock }) =>
      basketKeyOf({
        isMock,
        items: lines.map(({ slug, quantity }) => ({
          productId: sim.shop.product(slug)?.id ?? slug,
          quantity,
        })),
      }),
    elapsed,
    occasion(process, label) {
      const name = `${process.name}/${label}`;
      const visit = (visits.get(name) ?? 0) + 1;
      visits.set(name, visit);
      return `${name}/${visit}`;
    },
    async step(process, label) {
      if (!process.alive) return never();
      const occasion = sim.occasion(process, label);
      const isFocus = label === plan.focus;
      if (faults.fires("crash", occasion, isFocus ? FOCUS.crash : 0)) {
        sim.kill(process, label);
        return never();
      }
      if (faults.fires("stop", occasion, isFocus ? FOCUS.stop : 0)) {
        const ms = drawBetween(15_000, 180_000, seed, "stopped", occasion);
        process.stoppedUntil = Math.max(process.stoppedUntil, scheduler.now() + ms);
        trace.note(process.name, `STOPPED for ${ms / 1_000} s at ${label}`);
      }
      await scheduler.park(process, label, moment());
      trace.note(process.name, label);
    },
    kill(process, where) {
      process.alive = false;
      sim.diedAt.add(where);
      trace.note(process.name, `KILLED at ${where}`);
      onDeath(sim, process);
    },
    spawn(work) {
      work().catch((error) => sim.violations.push(`harness: ${(error as Error).stack}`));
    },
  };

  /** How long a step waits before it goes on: mostly not at all, seldom for very long. */
  function moment(): number {
    const { often, rarely } = plan.slow;
    const which = waits();
    if (which < rarely) return Math.floor(waits() * 40_000);
    if (which < rarely + often) return Math.floor(waits() ** 3 * 2_000);
    return 0;
  }

  return sim;
}

/** Everything that the product's code needs in one logical process, before it is said what for. */
export function contextOf(sim: Simulation, process: Process): OrdersContext {
  const { scheduler, plan } = sim;
  const skewMs = drawBetween(-plan.skewMs, plan.skewMs, plan.seed, "skew", process.name);
  const now = () => new Date(scheduler.now() + skewMs);
  const caller = openNetwork(sim, process, now);
  const adapter = connectFoxreload({
    baseUrl: "http://supplier.test",
    apiKey: API_KEY,
    currency: "USD",
    now,
    open: () => caller,
  });
  const supplier = overlay(adapter, plan.traits, caller, now, (what) =>
    sim.violations.push(`I3: ${process.name} asks for a ${what}, which isn't offered`),
  );
  return {
    db: simulatedDb(sim, process),
    log: logOf(sim, process),
    now,
    newId: createIds(scheduler.now, `${plan.seed}/${process.name}`),
    random: stream(plan.seed, "random", process.name),
    sealer: sim.sealer,
    suppliers: createAccounts([{ ...sim.account, supplier }], { ticks: scheduler.now }),
    sleep: (ms) => scheduler.park(process, "sleep", ms),
    async reach(point) {
      sim.reached.add(point);
      if (sim.transactionOf === null) return sim.step(process, point);
      // Others would wait for what this one has locked: here it can only die.
      const likely = point === plan.focus ? FOCUS.crash : 0;
      if (sim.faults.fires("crash", sim.occasion(process, point), likely)) throw new Crash(point);
    },
  };
}

/** Warnings and errors are part of the story; the rest isn't. */
function logOf(sim: Simulation, process: Process): Log {
  const say = (facts: unknown, message?: string) => {
    const error = (facts as { err?: Error }).err;
    sim.trace.note(process.name, `log: ${message ?? facts}${error ? ` (${error.message})` : ""}`);
  };
  const silent = () => undefined;
  const log = { error: say, warn: say, fatal: say, info: silent, debug: silent, trace: silent };
  return Object.assign(log, { child: () => log }) as unknown as Log;
}

/** The same for one piece of work: its calls are known to be for that order, or (null) for none. */
export function contextFor(
  sim: Simulation,
  ctx: OrdersContext,
  orderId: string | null,
): OrdersContext {
  const given = sim.controls.context?.(ctx) ?? ctx;
  const { suppliers } = given;
  const call: typeof suppliers.call = (core, account, order, make, permit) =>
    suppliers.call(
      core,
      account,
      order,
      (supplier) => {
        if (!permit) noteSilence(sim, order.what);
        return make(tagged(sim, supplier, orderId));
      },
      permit &&
        (() => {
          noteSilence(sim, order.what);
          return permit();
        }),
    );
  return { ...given, suppliers: { ...suppliers, call } };
}

/** An adapter hands its request to the network before it first waits, which is while the tag is set. */
function tagged(sim: Simulation, supplier: Supplier, orderId: string | null): Supplier {
  return new Proxy(supplier, {
    get(target, name: keyof Supplier) {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        sim.tag = { orderId };
        try {
          return method.apply(target, args);
        } finally {
          sim.tag = null;
        }
      };
    },
  });
}

/** As in the engine: what fails is logged and tried again. */
export async function guarded<T>(
  sim: Simulation,
  process: Process,
  what: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    sim.trace.note(process.name, `${what} failed: ${(error as Error).message}`);
    return null;
  }
}
