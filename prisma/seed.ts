/**
 * Tells the demo's story: places its orders at the simulator, by the same verbs as everybody else,
 * with the clock set back. Runs only against a simulator, and does nothing where the story is told.
 */

import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "#lib/access/actor.ts";
import { hashPassword } from "#lib/access/password.ts";
import { GRANTS, readGrants } from "#lib/access/permissions.ts";
import { evaluateRules } from "#lib/alerts/evaluate-rules.ts";
import { engineLate } from "#lib/alerts/rules/engine-late.ts";
import { RULES } from "#lib/alerts/rules/rules.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import { explainBalances } from "#lib/balance/explain-balances.ts";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { searchProducts } from "#lib/catalog/read.ts";
import { walkCatalogPage } from "#lib/catalog/walk-catalog.ts";
import { revealCode } from "#lib/codes/reveal-code.ts";
import { buildRuntime, type Runtime } from "#lib/engine/runtime.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { forgetCapability, learnCapability } from "#lib/placement/capabilities.ts";
import { env } from "#lib/platform/env.ts";
import { multiply } from "#lib/platform/money.ts";
import { auditAccounts } from "#lib/reconcile/audit-accounts.ts";
import { reconcileGates } from "#lib/reconcile/reconcile-gates.ts";
import { configureBudget } from "#lib/suppliers/configure-budget.ts";
import { connectSuppliers } from "#lib/suppliers/connect-suppliers.ts";
import { hoursAgo } from "./seed/hours-ago.ts";
import { proved } from "./seed/proved.ts";
import { openSimulatorControl } from "./seed/simulator-control.ts";
import { type Chapter, FOR_STOCK, FOREIGN, STORY, UNCLAIMED } from "./seed/story.ts";
import { openNight, openStoryPolicies } from "./seed/tell-alerts.ts";
import { ENDPOINTS_HOURS_AGO, openStoryEndpoints, tellDeliveries } from "./seed/tell-deliveries.ts";
import { tellInventory } from "./seed/tell-inventory.ts";
import { setLines, TOP_UP_HOURS_AGO, tellTopUp } from "./seed/tell-money.ts";

/** Nobody waits for a story. */
const AT_ONCE = { completeAfter: { ms: 0 } };
const UNPAYABLE = { refuse: { status: 400, code: "BALANCE_NOT_ENOUGH" } };

/** What the demo's account may be asked for, and the simulator bears. */
const CALLS_PER_MINUTE = 600;
const UNHURRIED_BY_BUDGET = 60_000;

const STOCK_REF = "story-stock";
const refOf = (index: number): string => `story-${String(index + 1).padStart(2, "0")}`;
const CHAPTERS = [
  { clientRef: STOCK_REF, chapter: FOR_STOCK },
  ...STORY.map((chapter, index) => ({ clientRef: refOf(index), chapter })),
];

const controlUrl = process.env.SIMULATOR_CONTROL_URL;
if (!controlUrl) {
  process.stdout.write("No simulator: the demo's story is not told at a real supplier.\n");
  process.exit(0);
}
const simulator = openSimulatorControl(controlUrl);
const runtime = await buildRuntime({ ...env(), LOG_LEVEL: "error" });
const told = await toldChapters();
const isNew = told.size < CHAPTERS.length;
if (isNew) await tellStory();
process.stdout.write(isNew ? "The demo's story is told.\n" : "The demo's story is there.\n");
await runtime.close();
process.exit(0);

async function toldChapters(): Promise<Set<string>> {
  const orders = await runtime.db.order.findMany({
    where: { clientRef: { startsWith: "story-" } },
    select: { clientRef: true },
  });
  return new Set(orders.map(({ clientRef }) => clientRef));
}

async function tellStory(): Promise<void> {
  const [account] = runtime.suppliers.all();
  if (!account) throw new Error("FOXRELOAD_API_KEY is not set.");
  const people = {
    admin: await admin(),
    operator: await ensureUser("Priya Nair", "priya@keyhold.example", "operator"),
  };
  await ensureUser("Jonas Weber", "jonas@keyhold.example", "viewer");
  await allow(account.id, UNHURRIED_BY_BUDGET);
  while ((await walkCatalogPage(runtime, account)) === "more");

  // Not to be found out while the story is told, or its unclear order would simply be made again.
  await learnCapability(runtime, account.id, "create_is_free", false, "person");
  const prompt = await simulator.addRule({}, AT_ONCE);
  let endpoints: Awaited<ReturnType<typeof openStoryEndpoints>> | null = null;
  const isUntold = (await runtime.db.endpoint.count()) === 0;
  const night = openNight(runtime, people);
  let isToppedUp = told.size > 0;
  if (!isToppedUp) await setLines(runtime, account);
  for (const { clientRef, chapter } of CHAPTERS) {
    if (told.has(clientRef)) continue;
    if (!isToppedUp && chapter.hoursAgo < TOP_UP_HOURS_AGO) {
      const low = await before(TOP_UP_HOURS_AGO + 1);
      await sampleBalance(low, account, "refresh");
      await low.suppliers.close();
      await night.until(TOP_UP_HOURS_AGO);
      const then = await before(TOP_UP_HOURS_AGO);
      await tellTopUp(then, people.admin, account, simulator);
      await then.suppliers.close();
      isToppedUp = true;
    }
    await night.until(chapter.hoursAgo);
    const then = await before(chapter.hoursAgo);
    if (isUntold && endpoints === null && chapter.hoursAgo < ENDPOINTS_HOURS_AGO) {
      endpoints = await openStoryEndpoints(then, people.admin);
      await openStoryPolicies(then, people, endpoints);
    }
    await sampleBalance(then, account, "refresh");
    await playChapter(then, people[chapter.by], chapter, clientRef);
    await then.suppliers.close();
  }
  if (told.size === 0) await placeForeign(runtime, people.admin, FOREIGN);
  await simulator.removeRule(prompt);
  await forgetCapability(runtime, account.id, "create_is_free");
  await sampleBalance(runtime, account, "refresh");
  await auditAccounts(runtime);
  await reconcileGates(runtime);
  const unclaimed = refOf(STORY.findIndex(({ customerRef }) => customerRef === UNCLAIMED));
  await tellInventory(runtime, people, { forStock: STOCK_REF, unclaimed });
  if (endpoints) await tellDeliveries(runtime, people.operator, endpoints);
  await explainBalances(runtime);
  await evaluateRules(runtime, { rules: RULES.filter(({ name }) => name !== engineLate.name) });
  await night.until(0);
  await allow(account.id, CALLS_PER_MINUTE);
}

async function allow(supplierId: string, callsPerMinute: number): Promise<void> {
  await runtime.db.$transaction((tx) => configureBudget(tx, supplierId, { callsPerMinute }));
}

async function playChapter(
  then: Runtime,
  actor: Actor,
  chapter: Chapter,
  clientRef: string,
): Promise<void> {
  const product = await findProduct(then, actor, chapter.product);
  const note = {
    ...Object.fromEntries(product.noteFields.map((field) => [field.name, field.options[0] ?? ""])),
    ...chapter.note,
  };
  const rule =
    chapter.fate &&
    (await simulator.addRule(
      { product: product.externalId, endpoint: "create", times: 1 },
      { ...AT_ONCE, ...chapter.fate },
    ));
  const unpayable =
    chapter.unpayable &&
    (await simulator.addRule({ product: product.externalId, endpoint: "pay" }, UNPAYABLE));
  const result = await placeOrder(
    then,
    actor,
    {
      clientRef,
      lines: [{ productId: product.id, quantity: chapter.quantity, note }],
      customerRef: chapter.customerRef ?? null,
      isMock: chapter.mock ?? false,
      agreedTotal: multiply(product.price, chapter.quantity),
    },
    { ...OWN_REQUEST, correlationId: then.newId() },
  );
  if (!("orderId" in result)) {
    throw new Error(`${chapter.product}: ${JSON.stringify(result)}`);
  }
  await finish(then, result.orderId);
  if (rule) await simulator.removeRule(rule);
  if (unpayable) {
    await keepUnpayable(then, result.orderId);
    await simulator.removeRule(unpayable);
  }
  if (chapter.revealed) await revealFirst(then, actor, result.orderId);
  if (chapter.foreignTwin) await placeForeign(then, actor, chapter);
}

async function findProduct(then: Runtime, actor: Actor, search: string) {
  const [product] = await searchProducts(then, actor, { search });
  if (!product) throw new Error(`The catalogue has no product that matches "${search}".`);
  return product;
}

async function placeForeign(
  then: Runtime,
  actor: Actor,
  { product, quantity }: { product: string; quantity: number },
): Promise<void> {
  await simulator.placeForeign((await findProduct(then, actor, product)).externalId, quantity);
}

/** Submits, pays, and looks until the order rests. */
async function finish(then: Runtime, orderId: string): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await workOnOrder(then, orderId);
    const order = await then.db.order.findUniqueOrThrow({ where: { id: orderId } });
    if (order.nextPollAt === null) return;
    await wait(30);
  }
}

/** The engine tries again and again. */
async function keepUnpayable({ db }: Runtime, orderId: string): Promise<void> {
  const { supplierOrderId } = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  await simulator.addRule({ order: supplierOrderId, endpoint: "pay" }, UNPAYABLE);
}

async function revealFirst(then: Runtime, actor: Actor, orderId: string): Promise<void> {
  const code = await then.db.code.findFirst({
    where: { item: { orderId } },
    orderBy: { position: "asc" },
  });
  if (code) {
    const request = { address: null, correlationId: null };
    await revealCode(then, proved(actor, then), code.id, "Asked by the customer", request);
  }
}

/** Some hours ago, also where the supplier is called. */
async function before(hours: number): Promise<Runtime> {
  const core = hoursAgo(runtime, hours);
  return { ...core, suppliers: await connectSuppliers(core) };
}

async function admin(): Promise<Actor> {
  const user = await runtime.db.user.findFirstOrThrow({ where: { role: "owner" } });
  return { kind: "user", ...user, grants: readGrants(user.grants), sessionId: "", provedAt: null };
}

async function ensureUser(
  name: string,
  email: string,
  role: "operator" | "viewer",
): Promise<Actor> {
  const password = runtime.env.ADMIN_PASSWORD;
  if (!password) throw new Error("ADMIN_PASSWORD is not set.");
  const user = await runtime.db.user.upsert({
    where: { email },
    create: {
      id: runtime.newId(),
      ...{ name, email, role, grants: [...GRANTS] },
      passwordHash: await hashPassword(password),
    },
    update: {},
  });
  return { kind: "user", ...user, grants: readGrants(user.grants), sessionId: "", provedAt: null };
}
