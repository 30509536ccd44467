import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readCapabilities } from "#lib/placement/capabilities.ts";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { FINISHED } from "./check/facts.ts";
import { type Customers, createCustomers } from "./customers.ts";
import { openChaosDatabase } from "./database.ts";
import { startFleet } from "./fleet.ts";
import { foreignOrders } from "./foreign-orders.ts";
import { GOODS_SLUGS } from "./goods.ts";
import { watchHistory } from "./history.ts";
import { type ChaosKeyhold, openKeyhold, prepareAccount, readWares } from "./keyhold.ts";
import { pauseFor, until } from "./moments.ts";
import { startNemesis } from "./nemesis.ts";
import { startPerson } from "./person.ts";
import type { ChaosPlan } from "./plan.ts";
import { readStory } from "./story.ts";
import { startSupplier } from "./supplier.ts";
import { beatsWithin, reachVerdict, type Verdict } from "./verdict.ts";

const START_MS = 60_000;
const MOST_LESSONS = 10;
const LESSON_MS = 30_000;
const MOST_STORIES = 10;

export type ChaosResult = {
  verdict: Verdict;
  deeds: ReadonlyMap<string, number>;
  /** Of `create_is_free`: before anything went wrong, and at the end. */
  learnt: { before: unknown; after: unknown };
  stories: ReadonlyMap<string, string[]>;
  requests: number;
  failedStarts: number;
  /** Orders of others that a person marked as foreign. */
  marked: number;
};

export type Surroundings = {
  databaseUrl: string;
  /** Empty, and ours. */
  folder: string;
  tell: (line: string) => void;
};

/** Runs a plan from the first process to the verdict. Whoever calls stops what was started. */
export async function runChaos(
  plan: ChaosPlan,
  { databaseUrl, folder, tell }: Surroundings,
): Promise<ChaosResult> {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const supplier = await startSupplier(plan, logs);
  const variables = environment(databaseUrl, supplier.url, supplier.apiKey);
  const keyhold = await openKeyhold(variables, logs);
  await prepareAccount(keyhold, plan);
  const database = openChaosDatabase(databaseUrl, folder);
  const wares = await readWares(keyhold, externalIds());
  const fleet = startFleet(plan.workers, variables, logs);
  const customers = createCustomers(keyhold, plan, wares);
  if (!(await beatsWithin(keyhold, plan.workers, START_MS))) {
    throw new Error(`The workers don't work:\n${fleet.workers().at(0)?.lastWords() ?? ""}`);
  }
  tell(`${plan.workers} workers, a supplier and a PostgreSQL run; logs are in ${logs}`);

  const ending = new AbortController();
  const history = watchHistory(database, supplier, ending.signal);
  if (plan.account.learnsFirst) await learn(keyhold, customers);
  const before = await learntOf(keyhold);

  const nemesisOver = AbortSignal.timeout(plan.nemesisMs);
  const foreign = foreignOrders(plan, supplier, customers.wishes);
  const note = (what: string) => keyhold.log.info({ nemesis: what }, "nemesis");
  const person = startPerson(keyhold, database, foreign, ending.signal);
  const world = { plan, database, supplier, fleet, foreign, note };
  const nemesis = startNemesis(world, nemesisOver);
  await Promise.all([customers.run(nemesisOver), nemesis.ended, pauseFor(plan.nemesisMs)]);
  tell(`The nemesis has stopped after ${customers.wishes()} wishes; waiting until all is at rest`);

  const examined = { keyhold, supplier, customers, history, fleet };
  const verdict = await reachVerdict(examined, plan.account.settlingMs, tell);
  ending.abort();
  await Promise.all([history.ended, person.ended]);
  const result = {
    verdict,
    deeds: nemesis.counts,
    learnt: { before, after: await learntOf(keyhold) },
    stories: await tellStories(verdict, (orderId) => readStory(database, orderId)),
    requests: history.requests.length,
    failedStarts: fleet.failedStarts(),
    marked: person.marked(),
  };
  await fleet.stop();
  await supplier.child.stop(5_000);
  await keyhold.close();
  await database.close();
  return result;
}

function environment(databaseUrl: string, supplierUrl: string, apiKey: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TZ } = process.env;
  return {
    PATH,
    HOME,
    TZ,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    CRON_SECRET: randomBytes(24).toString("base64url"),
    KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    FOXRELOAD_BASE_URL: supplierUrl,
    FOXRELOAD_API_KEY: apiKey,
    LOG_LEVEL: "info",
  };
}

function externalIds(): Map<string, string> {
  const catalogue = buildCatalogue();
  return new Map(
    GOODS_SLUGS.map((slug) => {
      const product = catalogue.product(slug);
      if (!product) throw new Error(`The simulator has no ${slug}.`);
      return [slug, product.id];
    }),
  );
}

/** One order after the other, so that the balance tells what creating one costs. */
async function learn(keyhold: ChaosKeyhold, customers: Customers): Promise<void> {
  for (let lesson = 0; lesson < MOST_LESSONS; lesson += 1) {
    if ((await learntOf(keyhold)) !== null) return;
    const id = await customers.wish();
    if (id === null) continue;
    await until(async () => {
      const order = await keyhold.db.order.findUnique({ where: { id } });
      return order !== null && FINISHED.includes(order.status);
    }, LESSON_MS);
  }
}

async function learntOf(keyhold: ChaosKeyhold): Promise<unknown> {
  const { create_is_free: known = null } = await readCapabilities(keyhold, keyhold.supplierId);
  return known;
}

async function tellStories(
  { violations }: Verdict,
  read: (orderId: string) => Promise<string[]>,
): Promise<Map<string, string[]>> {
  const ids = violations.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  const stories = new Map<string, string[]>();
  for (const id of [...new Set(ids)].slice(0, MOST_STORIES)) stories.set(id, await read(id));
  return stories;
}
