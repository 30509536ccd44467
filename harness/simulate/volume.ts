/** One world with very many intents, to count what a single run can't: how often something slips through. */
import { drawBetween } from "./chance.ts";
import { readEnd } from "./checks/eventually.ts";
import { NO_CONTROL } from "./controls/control.ts";
import { fillIn, startWeb } from "./customers.ts";
import { openSimulationDatabase, type SimulationDatabase } from "./database.ts";
import type { FaultRates } from "./faults.ts";
import type { Options } from "./options.ts";
import { type OrderPlan, type Plan, planRun } from "./plan.ts";
import { SUPPLIER, storeCatalogue } from "./run-seed.ts";
import { nature } from "./scheduler.ts";
import { createSimulation, type Simulation, START } from "./simulation.ts";
import { readDues } from "./standing.ts";
import { basketKeyOf } from "./truth.ts";
import { startWorker } from "./worker.ts";

const MINUTE = 60_000;
const SETTLING_MS = MINUTE;
const WORKERS = 6;
/** Intents placed a virtual second: what an account with 100 calls a minute can take. */
const PACE = 0.2;
/** Different baskets; intents of one basket wait for each other while it is in doubt. */
const INTENTS_PER_BASKET = 5;
const SLUGS = ["test-codes-as-objects", "test-plain-codes", "test-code-pin-and-serial"];

/** Of the unclear outcomes, how each came about. */
const UNCLEAR: FaultRates = {
  lost_before: 0.3,
  lost_after: 0.3,
  late_landing: 0.15,
  error_before: 0.1,
  error_after: 0.1,
  truncated: 0.05,
};
/** Of the unclear creates, those that land when nobody reckons with it any more. */
const VERY_LATE = 0.05;

type Count = {
  intents: number;
  finished: number;
  withPerson: number;
  paid: number;
  doubles: number;
  nobodys: number;
  untold: number;
  late: number;
  lateTold: number;
};

/** Answers the exit code: 0 where nothing was bought twice unseen. */
export async function runVolume(
  options: Options,
  intents: number,
  adminUrl: string,
  say: (text: string) => void,
): Promise<number> {
  const startedAt = Date.now();
  const database = await openSimulationDatabase(adminUrl);
  try {
    const sim = await runWorld(database, planVolume(options, intents));
    const count = await countUp(sim, database);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const { mode, unknown, beyondQ } = options;
    if (options.json) {
      say(JSON.stringify({ mode, unknown, beyondQ, ...count, seconds }));
    } else {
      say(
        `${count.intents} intents, ${unknown * 100} % unclear, creating is ${mode}${beyondQ ? ", some land beyond Q" : ""}: ` +
          `${count.finished} finished, ${count.withPerson} with a person`,
      );
      say(`  doubles                     ${count.doubles}`);
      say(
        `  paid and nobody's           ${count.nobodys}, of which nobody is told: ${count.untold}`,
      );
      say(
        `  landed beyond Q             ${count.late}, settled or told within 5 minutes: ${count.lateTold}`,
      );
      say(`  virtual hours, real seconds ${(sim.elapsed() / 3_600_000).toFixed(1)}, ${seconds}`);
    }
    for (const violation of sim.violations) say(`✗ ${violation}`);
    const mayDouble = beyondQ && mode === "charged";
    const isClean =
      sim.violations.length === 0 &&
      count.untold === 0 &&
      count.late === count.lateTold &&
      (mayDouble || (count.doubles === 0 && count.nobodys === 0));
    return isClean ? 0 : 1;
  } finally {
    await database.drop();
  }
}

function planVolume({ seed, unknown, mode, beyondQ }: Options, intents: number): Plan {
  const rates = Object.fromEntries(
    Object.entries(UNCLEAR).map(([kind, share]) => [kind, share * unknown]),
  );
  const baskets = Math.max(1, Math.ceil(intents / INTENTS_PER_BASKET));
  const orders = Array.from({ length: intents }, (_, index): OrderPlan => {
    const basket = drawBetween(0, baskets - 1, seed, "basket", index);
    return {
      index,
      atMs: Math.floor((index * 1_000) / PACE),
      basket,
      lines: [
        {
          slug: SLUGS[basket % SLUGS.length] ?? "test-plain-codes",
          quantity: 1 + Math.floor(basket / SLUGS.length),
        },
      ],
      isMock: false,
      customerRef: null,
      posts: 1,
    };
  });
  const isFree = mode === "free";
  return {
    ...planRun(seed, {
      profile: "calls",
      orders: 1,
      account: {
        chargesAtCreate: !isFree,
        createIsFree: isFree,
        isExclusive: false,
        settlingMs: SETTLING_MS,
        clockOffsetMs: 0,
        sendsDate: true,
        balance: "100000000",
        pageRows: null,
        secondPersonAbove: null,
      },
    }),
    orders,
    workers: WORKERS,
    people: 0,
    skewMs: 0,
    batch: 2,
    slow: { often: 0, rarely: 0 },
    rates: beyondQ ? { very_late_landing: unknown * VERY_LATE, ...rates } : rates,
    readsFail: false,
    faultsEndMs: Number.POSITIVE_INFINITY,
  };
}

async function runWorld(database: SimulationDatabase, plan: Plan): Promise<Simulation> {
  await database.empty();
  const products = await storeCatalogue(database, plan, NO_CONTROL);
  const sim = createSimulation({
    plan,
    database,
    controls: NO_CONTROL,
    account: SUPPLIER,
    products,
    only: null,
    onDeath: () => undefined,
    traces: false,
  });
  const web = startWeb(sim, "web1");
  for (let worker = 0; worker < plan.workers; worker += 1) startWorker(sim, `worker${worker + 1}`);
  let placed = 0;
  sim.spawn(async () => {
    for (const order of plan.orders) {
      const wait = START + order.atMs - sim.scheduler.now();
      if (wait > 0) await sim.scheduler.park(nature(), "post", wait);
      await fillIn(sim, () => web, order);
      placed += 1;
    }
  });
  let open = true;
  let lookedAt = 0;
  let quietSince: number | null = null;
  await sim.scheduler.run({
    deadline: Number.MAX_SAFE_INTEGER,
    until: () => !open,
    async after() {
      const now = sim.scheduler.now();
      if (sim.changed) {
        sim.changed = false;
        const standing = await readDues(database.observer);
        if (standing.blockedUntil > sim.standing.blockedUntil) sim.silencedAt = now;
        sim.standing = standing;
      }
      if (placed < plan.orders.length || now - lookedAt < MINUTE) return;
      lookedAt = now;
      const isDone = (await isAllDone(database)) && sim.underway === 0;
      if (!isDone) quietSince = null;
      else quietSince ??= now;
      open = quietSince === null || now - quietSince < 6 * MINUTE;
    },
  });
  return sim;
}

/** Every order is finished, or its basket waits for a person. */
async function isAllDone({ observer }: SimulationDatabase): Promise<boolean> {
  const { rows } = await observer.query<{ open: boolean }>(`
    select exists (
      select 1 from orders o
      where o.status in ('awaiting_payment', 'paid', 'processing')
        or (o.status in ('submitting', 'unconfirmed') and not exists (
          select 1 from placement_gates g where g.fingerprint = o.fingerprint
            and (g.waits_for = 'person' or (g.frozen_at is null and o.status = 'unconfirmed'))))
    ) or exists (select 1 from placement_gates where waits_for <> 'person') as open`);
  return rows[0]?.open === false;
}

async function countUp(sim: Simulation, { observer }: SimulationDatabase): Promise<Count> {
  const end = await readEnd(observer);
  const rows = new Map(end.supplierOrders.map((row) => [row.id, row]));
  const count: Count = {
    intents: end.orders.length,
    finished: 0,
    withPerson: 0,
    paid: 0,
    doubles: 0,
    nobodys: 0,
    untold: 0,
    late: 0,
    lateTold: 0,
  };
  for (const { status } of end.orders) {
    if (status === "submitting" || status === "unconfirmed") count.withPerson += 1;
    else count.finished += 1;
  }
  for (const { id, paidTimes } of sim.shop.orders()) {
    const row = rows.get(id);
    const sent = sim.truth.makers.get(id);
    const isToldOf =
      row?.alertedAt != null ||
      end.gates.some((gate) => gate.fingerprint === row?.fingerprint && gate.waitsFor === "person");
    if (paidTimes > 0) count.paid += 1;
    if (paidTimes > 1) count.doubles += 1;
    if (paidTimes > 0 && row?.attribution !== "ours") {
      count.nobodys += 1;
      if (!isToldOf) count.untold += 1;
    }
    const landedAt = sent?.landedAt ?? null;
    if (!sent || landedAt === null || landedAt - sent.sentAt <= SETTLING_MS) continue;
    count.late += 1;
    const isInTime = row?.alertedAt == null || row.alertedAt - landedAt <= 5 * MINUTE;
    if (row && (row.attribution !== null || isToldOf) && isInTime) count.lateTold += 1;
  }
  count.doubles += doublesByBasket(sim);
  return count;
}

/** Paid supplier orders beyond the number of intents for the same goods. */
function doublesByBasket(sim: Simulation): number {
  const left = new Map<string, number>();
  for (const order of sim.plan.orders) {
    const key = sim.basketOf(order);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  let doubles = 0;
  for (const order of sim.shop.orders()) {
    if (order.paidTimes === 0) continue;
    const key = basketKeyOf(order);
    const rest = (left.get(key) ?? 0) - 1;
    left.set(key, rest);
    if (rest < 0) doubles += 1;
  }
  return doubles;
}
