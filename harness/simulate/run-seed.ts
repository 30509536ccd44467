import { v5 } from "uuid";
import { isFinished, type OrderStatus } from "#lib/orders/lifecycle.ts";
import { SWEEP_EVERY_MS } from "#lib/polling/choose-plan.ts";
import { quantilesOf } from "#lib/polling/quantiles.ts";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { drawBetween } from "./chance.ts";
import { checkAlways } from "./checks/always.ts";
import { checkEventually } from "./checks/eventually.ts";
import { storeEndpoints } from "./checks/told.ts";
import { type Controls, NO_CONTROL } from "./controls/control.ts";
import { diedName, reachedName, readBranches } from "./coverage.ts";
import { sendCustomers, startWeb, type Web } from "./customers.ts";
import type { SimulationDatabase } from "./database.ts";
import { hasWork, seatPeople } from "./people.ts";
import type { AccountPlan, Plan } from "./plan.ts";
import { nature } from "./scheduler.ts";
import { createSimulation, type Simulation, START } from "./simulation.ts";
import { LONGEST_LAG } from "./tales.ts";
import { sendNews } from "./telling.ts";
import { traitsOf } from "./traits.ts";
import { startWorker } from "./worker.ts";

const MINUTE = 60_000;
const SUPPLIER_ID = "00000000-0000-7000-8000-000000000001";
export const SUPPLIER = {
  ...{ id: SUPPLIER_ID, kind: "foxreload", slug: "foxreload", name: "FoxReload", currency: "USD" },
  ...{ inbound: null, openSocket: null },
};
const PRODUCT_NAMESPACE = "6f0d5a3e-4c0e-4d59-9f36-5f3f0f5d2b11";
/** More than is ever needed. */
const CALLS_PER_MINUTE = 60_000;
/** A run has some hundreds; one that doesn't end is a failure too. */
const MOST_STEPS = 60_000;

export type SeedResult = {
  plan: Plan;
  violations: string[];
  trace: string[];
  fired: readonly string[];
  steps: number;
  virtualMs: number;
  /** The rare places that it came to. */
  places: readonly string[];
};

export type SeedOptions = {
  controls?: Controls;
  /** Nothing goes wrong but these, by the names in `fired`. */
  only?: ReadonlySet<string> | null;
};

/** Runs one plan to its end, or until an invariant is broken. */
export async function runSeed(
  database: SimulationDatabase,
  plan: Plan,
  { controls = NO_CONTROL, only = null }: SeedOptions = {},
): Promise<SeedResult> {
  await database.empty();
  const products = await storeCatalogue(database, plan, controls);
  await storeEndpoints(database.observer);
  let webs = 0;
  let workers = 0;
  let web: Web;

  const sim = createSimulation({
    plan,
    database,
    controls,
    account: SUPPLIER,
    products,
    only,
    traces: true,
    onDeath(simulation, { name }) {
      const after = drawBetween(0, 20_000, plan.seed, "restart", name);
      simulation.spawn(async () => {
        await simulation.scheduler.park(nature(), `restart ${name}`, after);
        start(simulation, name.startsWith("web") ? "web" : "worker");
      });
    },
  });

  function start(simulation: Simulation, kind: "web" | "worker"): void {
    if (kind === "web") {
      webs += 1;
      web = startWeb(simulation, `web${webs}`);
    } else {
      workers += 1;
      startWorker(simulation, `worker${workers}`);
    }
  }

  start(sim, "web");
  for (let worker = 0; worker < plan.workers; worker += 1) start(sim, "worker");
  sendCustomers(sim, () => web);
  sendOthers(sim);
  sendNews(sim, () => web);
  seatPeople(sim, () => web);

  const broken = () => sim.violations.length > 0 || sim.scheduler.steps() > MOST_STEPS;
  const after = () => checkAlways(sim);
  const untilQuiet = () => broken() || isQuiet(sim);
  await sim.scheduler.run({ until: untilQuiet, deadline: START + plan.faultsEndMs, after });
  if (!broken()) {
    const deadline = START + plan.faultsEndMs + restMs(plan.account);
    await sim.scheduler.run({ until: untilQuiet, deadline, after });
  }
  if (sim.scheduler.steps() > MOST_STEPS) sim.violations.push("harness: the run doesn't end");
  if (!broken()) sim.violations.push(...(await checkEventually(sim)));
  return {
    plan,
    violations: sim.violations,
    trace: sim.trace.lines(),
    fired: sim.faults.fired(),
    steps: sim.scheduler.steps(),
    virtualMs: sim.elapsed(),
    places: [
      ...[...sim.reached].map(reachedName),
      ...[...sim.diedAt].map(diedName),
      ...(await readBranches(database.observer)),
    ],
  };
}

/** Until everything that could still land has landed, was waited out and counted, and paid orders are through. */
const restMs = ({ settlingMs }: AccountPlan): number => 3 * settlingMs + 25 * MINUTE;

/**
 * Every order is finished or with a person, nothing is under way, and the supplier's list, where it has one,
 * was read to its end since then, when it couldn't lag any more: what is still to come repeats itself.
 */
function isQuiet(sim: Simulation): boolean {
  const { orders, isInDoubt, auditedAt } = sim.standing;
  const isDone =
    sim.postsLeft === 0 &&
    sim.underway === 0 &&
    sim.newsLeft === 0 &&
    sim.othersLeft === 0 &&
    !isInDoubt &&
    !hasWork(sim) &&
    [...orders.values()].every(
      ({ status, isWithPerson }) =>
        isFinished(status as OrderStatus) ||
        (isWithPerson && (status === "unconfirmed" || status === "submitting")),
    );
  if (!isDone) sim.busyAt = sim.scheduler.now();
  const { settlingMs } = sim.plan.account;
  const omits = sim.plan.rates.list_omits ? START + sim.plan.faultsEndMs : 0;
  const isListed = traitsOf(sim.plan.traits).listsOrders !== false;
  const seenAt = isListed ? auditedAt : sim.scheduler.now();
  return seenAt > Math.max(sim.busyAt, omits) + MINUTE + settlingMs * LONGEST_LAG;
}

/** The account and what is sold, as a run begins. */
export async function storeCatalogue(
  { db, observer }: SimulationDatabase,
  plan: Plan,
  controls: Controls,
): Promise<Map<string, { id: string; price: string }>> {
  const { settlingMs, isExclusive, createIsFree, secondPersonAbove } = plan.account;
  await observer.query(
    `insert into suppliers (id, slug, kind, name, settling_ms, is_exclusive, second_person_above, created_at)
     values ($1, 'foxreload', 'foxreload', 'FoxReload', $2, $3, $4, $5)`,
    [
      SUPPLIER_ID,
      controls.settlingMs ?? settlingMs,
      isExclusive,
      secondPersonAbove,
      new Date(START),
    ],
  );
  await observer.query(
    `insert into call_budgets (supplier_id, calls_per_minute, rate, refilled_at, purchase_tokens, reconcile_tokens,
       poll_tokens, refresh_tokens, spare_tokens) values ($1, $2::int, $2::int, $3, $4::int, $4::int, $4::int, $4::int, $4::int)`,
    [SUPPLIER_ID, CALLS_PER_MINUTE, new Date(START), CALLS_PER_MINUTE / 20],
  );
  if (createIsFree !== null) {
    await observer.query(
      `insert into supplier_capabilities (supplier_id, name, value, learnt_from, learnt_at)
       values ($1, 'create_is_free', $2, 'probe', $3)`,
      [SUPPLIER_ID, JSON.stringify(createIsFree), new Date(START)],
    );
  }
  if (traitsOf(plan.traits).duplicateGuard === "reference") {
    await observer.query(
      `insert into supplier_capabilities (supplier_id, name, value, learnt_from, learnt_at)
       values ($1, 'duplicate_guard', '"trusted"', 'person', $2)`,
      [SUPPLIER_ID, new Date(START)],
    );
  }
  await storePlan(observer, plan);
  const slugs = [...new Set(plan.orders.flatMap(({ lines }) => lines.map(({ slug }) => slug)))];
  const known = new Map<string, { id: string; price: string }>();
  await db.product.createMany({
    data: slugs.map((slug) => {
      const product = catalogue.product(slug);
      if (!product) throw new Error(`No product ${slug}`);
      const id = v5(slug, PRODUCT_NAMESPACE);
      known.set(slug, { id, price: product.usdPrice });
      return {
        id,
        supplierId: SUPPLIER_ID,
        externalId: product.id,
        categoryName: "Test",
        name: product.name,
        price: product.usdPrice,
        currency: "USD",
        isService: product.isService || traitsOf(plan.traits).codes === "none",
        seenAt: new Date(START),
      };
    }),
  });
  return known;
}

/** How its orders are looked at as the run begins. */
async function storePlan(observer: SimulationDatabase["observer"], plan: Plan): Promise<void> {
  if (plan.looks === "swept") {
    await observer.query(
      `insert into polling_plans (supplier_id, mode, reason, sweep_every_ms, next_sweep_at)
       values ($1, 'sweep', 'sweep_is_cheaper', $2, $3)`,
      [SUPPLIER_ID, SWEEP_EVERY_MS, new Date(START)],
    );
  }
  if (!plan.isLearnt) return;
  const slugs = new Set(plan.orders.flatMap(({ lines }) => lines.map(({ slug }) => slug)));
  const ids = [...slugs].map((slug) => catalogue.product(slug)?.id ?? slug);
  // As the simulator's orders take, evenly.
  const took = Array.from({ length: 900 }, (_, at) => 3_000 + at * 10);
  await observer.query(
    `insert into product_curves (supplier_id, external_id, samples, quantiles, learnt_at)
     select $1, id, 100, $3, $4 from unnest($2::text[]) id`,
    [SUPPLIER_ID, ids, quantilesOf(took), new Date(START)],
  );
}

const catalogue = buildCatalogue();

/** Others who use the same account. */
function sendOthers(sim: Simulation): void {
  for (const { atMs, basket, isPaid } of sim.plan.foreign) {
    const order = sim.plan.orders.find((one) => one.basket === basket);
    if (!order) continue;
    sim.othersLeft += 1;
    sim.spawn(async () => {
      await sim.scheduler.park(nature(), "others", atMs);
      const id = sim.shop.orderForAnother(order.lines, order.isMock, isPaid);
      if (id) sim.truth.foreign.add(id);
      sim.trace.note("others", `order ${id?.slice(0, 8)} with basket ${basket}`);
      sim.moneyMoved = true;
      sim.othersLeft -= 1;
    });
  }
}
