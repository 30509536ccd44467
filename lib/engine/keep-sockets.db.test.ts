import { afterAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import { createPaceBook } from "#lib/polling/pace-book.ts";
import { createAccounts, type SupplierAccount } from "#lib/suppliers/account.ts";
import { openOzzobitSocket } from "#lib/suppliers/ozzobit/open-socket.ts";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { startOzzobit } from "../../simulator/ozzobit/server.ts";
import { keepSockets } from "./keep-sockets.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const base = await testContext(db, scriptedSupplier());
const supplierId = base.account.id;

beforeEach(async () => {
  await db.supplierSocket.deleteMany();
  await db.order.updateMany({
    data: { status: "completed", finishedAt: new Date(), nextPollAt: null },
  });
});

const TIMING = { connectMs: 2_000, retryMs: 20, mostRetryMs: 50, steadyMs: 0 };
const WANTED = {
  partnerOrderId: null,
  productsAvailed: "BUY",
  cryptoCurrency: "USDT",
  network: "tron",
  fiatCurrency: "USD",
  fiatAmount: 10,
  walletAddress: null,
};

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

async function start() {
  const simulator = await startOzzobit();
  simulator.world.book.way = null;
  onTestFinished(() => simulator.close());
  return simulator;
}

function accountAt(url: string, apiKey = "oz-key"): SupplierAccount {
  return {
    ...base.account,
    openSocket: (handlers) =>
      openOzzobitSocket({ url, path: "/socket.io/", apiKey, timing: TIMING }, handlers),
  };
}

/** A worker's part that listens, until it is stopped. */
function keep(accounts: () => SupplierAccount[]) {
  const stop = new AbortController();
  const failures: unknown[] = [];
  const suppliers: OrdersContext["suppliers"] = { ...createAccounts([]), all: accounts };
  const ctx: OrdersContext = { ...base, suppliers, now: () => new Date() };
  const { stopped } = keepSockets(ctx, stop.signal, (_, error) => failures.push(error), 30);
  const end = async () => {
    stop.abort();
    await stopped;
  };
  onTestFinished(end);
  return { end, failures };
}

const socketRow = () => db.supplierSocket.findUnique({ where: { supplierId } });
const stateIs = (state: string) =>
  soon(async () => expect(await socketRow()).toMatchObject({ state }));

/** Up, and reported on once more: what follows from its coming up is done by then. */
async function settled(): Promise<void> {
  await stateIs("up");
  const until = (await socketRow())?.leaseUntil ?? new Date();
  await soon(async () =>
    expect((await socketRow())?.leaseUntil?.getTime()).toBeGreaterThan(until.getTime()),
  );
}

/** Open at both sides, to be looked at within a minute, unless something is said. */
async function openOrder(world: Awaited<ReturnType<typeof start>>["world"]) {
  const theirs = world.book.create(WANTED);
  const facts = { supplierOrderId: theirs.id, nextPollAt: inMs(55_000) };
  const { order } = await createOrder(db, supplierId, facts);
  return { theirs: theirs.id, ours: order.id };
}

const inMs = (ms: number): Date => new Date(Date.now() + ms);
const dueInMs = async (id: string): Promise<number> =>
  ((await db.order.findUniqueOrThrow({ where: { id } })).nextPollAt?.getTime() ?? 0) - Date.now();
const postpone = (id: string) =>
  db.order.update({ where: { id }, data: { nextPollAt: inMs(55_000) } });

test("what the socket tells is looked at at once, told twice or falsely it is no more than that", async () => {
  const { socketUrl, world } = await start();
  const [one, two] = [await openOrder(world), await openOrder(world)];
  const account = accountAt(socketUrl);
  keep(() => [account]);
  await soon(() => expect(world.sockets.subscriptions()).toHaveLength(2));
  // Whatever had happened before it was listened to is asked for once.
  await settled();
  expect(await dueInMs(one.ours)).toBeLessThan(11_000);
  await Promise.all([one, two].map(({ ours }) => postpone(ours)));
  world.faults.socket = { ...world.faults.socket, twice: true, lie: true };
  world.book.setStatus(one.theirs, "PROCESSING");
  await soon(async () => expect(await dueInMs(one.ours)).toBeLessThan(0));
  expect(await dueInMs(two.ours)).toBeGreaterThan(40_000);
  expect(await db.order.findUnique({ where: { id: one.ours } })).toMatchObject({
    status: "processing",
  });
  await soon(async () => expect(await socketRow()).toMatchObject({ updates: 4, connects: 1 }));
});

test("of two workers one listens, and the other takes over when that one stops", async () => {
  const { socketUrl, world } = await start();
  const account = accountAt(socketUrl);
  const first = keep(() => [account]);
  await stateIs("up");
  const second = keep(() => [account]);
  const holder = (await socketRow())?.leaseToken;
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(world.sockets.connected()).toBe(1);
  expect((await socketRow())?.leaseToken).toBe(holder);
  await first.end();
  await soon(() => expect(world.sockets.connects()).toBe(2));
  await stateIs("up");
  expect(world.sockets.connected()).toBe(1);
  await second.end();
  expect(await socketRow()).toMatchObject({ state: "down", leaseToken: null, leaseUntil: null });
  expect([...first.failures, ...second.failures]).toEqual([]);
});

test("whose lease was lost to another closes its socket", async () => {
  const { socketUrl, world } = await start();
  const account = accountAt(socketUrl);
  keep(() => [account]);
  await stateIs("up");
  // As though it had slept past its lease, and another had come, who is still there.
  const token = base.newId();
  await db.supplierSocket.update({
    where: { supplierId },
    data: { leaseToken: token, leaseUntil: inMs(60_000) },
  });
  await soon(() => expect(world.sockets.connected()).toBe(0));
  expect(await socketRow()).toMatchObject({ leaseToken: token });
  // And the lease of one that died is taken when it is over.
  await db.supplierSocket.update({ where: { supplierId }, data: { leaseUntil: inMs(-1) } });
  await soon(() => expect(world.sockets.connected()).toBe(1));
});

test("down, it says so, and what was looked at seldom is looked at soon; up again, once more", async () => {
  const { socketUrl, world } = await start();
  const { ours } = await openOrder(world);
  const account = accountAt(socketUrl);
  keep(() => [account]);
  await settled();
  await postpone(ours);
  world.faults.socket.refuse = true;
  const since = Date.now();
  world.sockets.drop();
  await stateIs("down");
  await soon(async () => expect(await dueInMs(ours)).toBeLessThan(11_000));
  const { nextPollAt } = await db.order.findUniqueOrThrow({ where: { id: ours } });
  expect(nextPollAt?.getTime()).toBeGreaterThan(since);
  await soon(async () => expect((await socketRow())?.lastError).toBe("Unauthorized"));
  world.faults.socket.refuse = false;
  await settled();
  expect(await dueInMs(ours)).toBeLessThan(11_000);
  expect(await socketRow()).toMatchObject({ connects: 2, lastError: null });
});

test("an account that was connected anew has a new socket, one that is gone has none", async () => {
  const { socketUrl, world } = await start();
  let accounts = [accountAt(socketUrl)];
  keep(() => accounts);
  await stateIs("up");
  world.keys.apiKey = "another-key";
  accounts = [accountAt(socketUrl, "another-key")];
  await soon(() => expect(world.sockets.connects()).toBe(2));
  await soon(() => expect(world.sockets.connected()).toBe(1));
  accounts = [];
  await soon(() => expect(world.sockets.connected()).toBe(0));
  await soon(async () => expect(await socketRow()).toMatchObject({ leaseToken: null }));
});

test("a database that fails is waited out", async () => {
  const { socketUrl, world } = await start();
  const account = accountAt(socketUrl);
  const { failures } = keep(() => [account]);
  await stateIs("up");
  await db.$executeRaw`alter table supplier_sockets rename to supplier_sockets_away`;
  await soon(() => expect(failures.length).toBeGreaterThan(1));
  expect(world.sockets.connected()).toBe(1);
  await db.$executeRaw`alter table supplier_sockets_away rename to supplier_sockets`;
  const seen = (await socketRow())?.leaseUntil?.getTime() ?? 0;
  await soon(async () => expect((await socketRow())?.leaseUntil?.getTime()).toBeGreaterThan(seen));
  expect(world.sockets.connects()).toBe(1);
});

test("looks are slow while it is up and alive, and only then", async () => {
  const isTold = async () => (await createPaceBook().paceOf(base, supplierId, [])).isTold;
  const healthy = {
    state: "up",
    leaseToken: base.newId(),
    leaseUntil: inMs(30_000),
    seenAt: new Date(),
  };
  expect(await isTold()).toBe(false);
  await db.supplierSocket.create({ data: { supplierId, since: new Date(), ...healthy } });
  expect(await isTold()).toBe(true);
  for (const change of [
    { state: "down" },
    { state: "connecting" },
    { seenAt: inMs(-50_000) },
    { seenAt: null },
    { leaseUntil: inMs(-1_000) },
  ]) {
    await db.supplierSocket.update({ where: { supplierId }, data: { ...healthy, ...change } });
    expect(await isTold(), JSON.stringify(change)).toBe(false);
  }
});
