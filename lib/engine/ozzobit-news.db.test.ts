/** A whole engine at an OZZOBiT account: news by socket, by poll where the socket is gone or lies, and by both at once. */
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import { place, whole } from "#lib/orders/orders.fixture.ts";
import { createPaceBook } from "#lib/polling/pace-book.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { ozzobitKind } from "#lib/suppliers/ozzobit/kind.ts";
import { giveBudget, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type OzzobitSimulator, startOzzobit } from "../../simulator/ozzobit/server.ts";
import { runEngine } from "./run-engine.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

/** A busy machine takes its time. */
const soon = (check: () => unknown, timeout = 30_000) =>
  vi.waitFor(check, { timeout, interval: 50 });

let accounts = 0;

async function start(): Promise<{
  simulator: OzzobitSimulator;
  ctx: OrdersContext & { account: { id: string } };
}> {
  const simulator = await startOzzobit();
  simulator.world.book.way = null;
  const slug = `oz-${++accounts}`;
  const row = await db.supplier.create({ data: { slug, kind: "ozzobit", name: slug } });
  await giveBudget(db, row.id);
  const config = ozzobitKind.config.parse({
    baseUrl: simulator.baseUrl,
    socketUrl: simulator.socketUrl,
    products: [
      {
        id: "usdt",
        name: "USDT",
        cryptoCurrency: "USDT",
        network: "tron",
        fiatAmount: "10",
        asksForWallet: false,
      },
    ],
  });
  const { apiKey, apiSecret } = simulator.world.keys;
  const connected = ozzobitKind.connect({
    config,
    secrets: { apiKey: [apiKey], apiSecret: [apiSecret] },
    now: () => new Date(),
  });
  const account = bareAccount({ id: row.id, slug, name: slug, kind: "ozzobit", ...connected });
  const suppliers = createAccounts([account], { knownForMs: 0 });
  const base = await testContext(db, scriptedSupplier());
  const ctx = {
    ...base,
    now: () => new Date(),
    random: Math.random,
    paces: createPaceBook(),
    suppliers,
    account,
  };
  const stop = new AbortController();
  const running = runEngine(ctx, { kind: "worker", signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await running;
    await suppliers.close();
    await simulator.close();
  });
  return { simulator, ctx };
}

const PRODUCT = { externalId: "usdt", name: "USDT", price: "10", isService: true, noteFields: [] };

/** Placed, and waiting there for what becomes of it. */
async function open(ctx: OrdersContext & { account: { id: string } }, { world }: OzzobitSimulator) {
  const id = await place(ctx, PRODUCT);
  await soon(async () => expect((await whole(db, id)).supplierOrderId).not.toBeNull());
  const theirs = world.book.all().find((order) => order.partnerOrderId === id)?.id ?? "";
  await soon(() => expect(world.sockets.subscriptions()).toContain(theirs));
  return { id, theirs };
}

const statusIs = (id: string, status: string, timeout?: number) =>
  soon(async () => expect((await whole(db, id)).status).toBe(status), timeout);

test("an order is created, followed, and complete without codes as soon as the socket says so", async () => {
  const { simulator, ctx } = await start();
  const { id, theirs } = await open(ctx, simulator);
  await soon(async () =>
    expect(
      await db.supplierSocket.findUnique({ where: { supplierId: ctx.account.id } }),
    ).toMatchObject({ state: "up" }),
  );
  // As though it had just been looked at: without the socket this would be all for half a minute.
  await db.order.update({ where: { id }, data: { nextPollAt: new Date(Date.now() + 30_000) } });
  simulator.world.book.setStatus(theirs, "COMPLETED");
  await statusIs(id, "completed", 20_000);
  const order = await whole(db, id);
  expect(order.items[0]?.codes).toEqual([]);
  expect(order.signals.filter(({ clearedAt }) => clearedAt === null)).toEqual([]);
  expect(simulator.world.requests.filter(({ endpoint }) => endpoint === "create")).toHaveLength(1);
}, 90_000);

test("a silent socket, a lying one and none: the news comes by looks", async () => {
  const { simulator, ctx } = await start();
  const { world } = simulator;
  const [silent, lied] = [await open(ctx, simulator), await open(ctx, simulator)];
  world.faults.socket = { ...world.faults.socket, silent: true };
  // Its next look, wherever that stands, is all that is left.
  const due = (id: string) =>
    db.order.update({ where: { id }, data: { nextPollAt: new Date(Date.now() + 500) } });
  world.book.setStatus(silent.theirs, "COMPLETED");
  await due(silent.id);
  await statusIs(silent.id, "completed");

  // It says "completed" of what is processing.
  world.faults.socket = { ...world.faults.socket, silent: false, lie: true };
  world.book.setStatus(lied.theirs, "PROCESSING");
  await statusIs(lied.id, "processing");
  world.faults.socket = { ...world.faults.socket, refuse: true };
  world.sockets.drop();
  world.book.setStatus(lied.theirs, "FAILED");
  // Brought forward when the socket went down.
  await statusIs(lied.id, "failed", 25_000);
}, 120_000);

test("told by socket and found by a look at the same time, it is recorded once", async () => {
  const { simulator, ctx } = await start();
  const { id, theirs } = await open(ctx, simulator);
  simulator.world.faults.socket = { ...simulator.world.faults.socket, twice: true };
  await db.order.update({ where: { id }, data: { nextPollAt: new Date() } });
  for (const status of ["PROCESSING", "COMPLETED"]) simulator.world.book.setStatus(theirs, status);
  await statusIs(id, "completed");
  const { timeline } = await whole(db, id);
  const ends = timeline.filter(
    ({ kind, data }) => kind === "status_changed" && (data as { to?: string }).to === "completed",
  );
  expect(ends).toHaveLength(1);
  expect(await db.outboundEvent.count({ where: { orderId: id, type: "order.completed" } })).toBe(1);
}, 90_000);
