/** Real processes: the worker that listens to a supplier's socket is killed with SIGKILL, and another follows it. */
import { randomBytes } from "node:crypto";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { place, whole } from "#lib/orders/orders.fixture.ts";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { keepSecrets } from "#lib/suppliers/keep-secrets.ts";
import { ozzobitKind } from "#lib/suppliers/ozzobit/kind.ts";
import { giveBudget, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { startOzzobit } from "../../simulator/ozzobit/server.ts";
import { killWorker, startWorker } from "./worker-process.fixture.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

/** A process takes its time to start, and a busy machine more. */
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 90_000, interval: 50 });

const key = randomBytes(32);

/** An account that only the database knows, as one that was added in Settings, and an order placed with it. */
async function open() {
  const simulator = await startOzzobit();
  onTestFinished(() => simulator.close());
  const { world } = simulator;
  world.book.way = null;
  const base = await testContext(db, scriptedSupplier());
  const ctx = { ...base, now: () => new Date() };
  Object.assign(ctx, {
    sealer: await openSealer(ctx, localKeySource([{ id: "t1", key }], "the test")),
  });
  await ctx.sealer.ready();
  const config = {
    baseUrl: simulator.baseUrl,
    socketUrl: simulator.socketUrl,
    products: [
      {
        ...{ id: "usdt", name: "USDT", cryptoCurrency: "USDT", network: "tron" },
        ...{ fiatAmount: "10", asksForWallet: false },
      },
    ],
  };
  const row = await db.supplier.create({
    data: { slug: "oz", kind: "ozzobit", name: "OZZOBiT", config },
  });
  const { apiKey, apiSecret } = world.keys;
  const actor = { kind: "job", name: "test" } as const;
  await db.$transaction((tx) => keepSecrets(tx, ctx, actor, row.id, { apiKey, apiSecret }));
  await giveBudget(db, row.id);
  // Only to place orders with: the workers make the calls.
  const connected = ozzobitKind.connect({
    config: ozzobitKind.config.parse(config),
    secrets: { apiKey: [apiKey], apiSecret: [apiSecret] },
    now: ctx.now,
  });
  const { id, slug, name, kind } = row;
  const account = bareAccount({ id, slug, name, kind, ...connected });
  const suppliers = createAccounts([account]);
  onTestFinished(() => suppliers.close());
  return {
    ...{ world, supplierId: row.id },
    order: () =>
      place(
        { ...ctx, account, suppliers },
        { externalId: "usdt", price: "10", isService: true, noteFields: [] },
      ),
    start: () => startWorker(url, key, { KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1" }),
    socket: () => db.supplierSocket.findUniqueOrThrow({ where: { supplierId: row.id } }),
    theirs: (id: string) => world.book.all().filter((order) => order.partnerOrderId === id),
  };
}

/** Nobody looks at it for so long, unless something is said. */
const postpone = (id: string, ms: number) =>
  soon(async () => {
    const { count } = await db.order.updateMany({
      where: { id, leaseToken: null },
      data: { nextPollAt: new Date(Date.now() + ms) },
    });
    expect(count).toBe(1);
  });

/** Sooner than by the looks that were postponed. */
const isCompleted = (id: string) =>
  vi.waitFor(async () => expect((await whole(db, id)).status).toBe("completed"), {
    timeout: 60_000,
    interval: 50,
  });

test("another takes the socket over after the term, asks for what was missed, and buys nothing twice", async () => {
  const { world, order, start, socket, theirs } = await open();
  const first = start();
  const followed = await order();
  await soon(() => expect(world.sockets.subscriptions()).toHaveLength(1));
  await soon(async () => expect(await socket()).toMatchObject({ state: "up", connects: 1 }));
  const holder = (await socket()).leaseToken;

  // It takes effect, and who asked for it dies before there is an answer.
  world.faults.http = { endpoint: "create", times: 1, loseReply: "held", body: "", headers: {} };
  const sent = await order();
  await soon(() => expect(theirs(sent)).toHaveLength(1));
  await postpone(followed, 3_600_000);
  expect(await killWorker(first, "SIGKILL")).toEqual([null, "SIGKILL"]);
  await soon(() => expect(world.sockets.connected()).toBe(0));
  // Longer than the slowest machine takes to start another.
  await db.$executeRaw`update supplier_sockets set lease_until = now() + interval '10 minutes'`;
  world.book.setStatus(theirs(followed)[0]?.id ?? "", "COMPLETED");

  const second = start();
  await soon(async () => expect(await db.engineRun.count()).toBe(2));
  // The term of the dead one isn't over, so nobody listens, and nobody asks out of turn.
  const held = await socket();
  expect(held).toMatchObject({ leaseToken: holder });
  expect(held.leaseUntil?.getTime()).toBeGreaterThan(Date.now());
  expect(world.sockets.connects()).toBe(1);
  expect(await whole(db, followed)).toMatchObject({ finishedAt: null });

  // As far off as looks are where the supplier tells.
  await postpone(followed, 80_000);
  await db.$executeRaw`update supplier_sockets set lease_until = now() - interval '1 second'`;
  await db.$executeRaw`update orders set lease_until = now() - interval '1 second' where lease_until is not null`;
  await isCompleted(followed);
  expect(await socket()).toMatchObject({ state: "up" });
  expect((await socket()).leaseToken).not.toBe(holder);

  // What was being sent is found by its reference, and followed like every other.
  await soon(async () => expect((await whole(db, sent)).supplierOrderId).not.toBeNull());
  await soon(() => expect(world.sockets.subscriptions()).toContain(theirs(sent)[0]?.id));
  await postpone(sent, 3_600_000);
  world.book.setStatus(theirs(sent)[0]?.id ?? "", "COMPLETED");
  await isCompleted(sent);

  expect(await killWorker(second, "SIGTERM")).toEqual([0, null]);
  expect([theirs(followed), theirs(sent)].map(({ length }) => length)).toEqual([1, 1]);
  expect(world.requests.filter(({ endpoint }) => endpoint === "create")).toHaveLength(2);
  expect((await whole(db, sent)).attempts).toMatchObject([
    { kind: "create", resolution: "claimed" },
  ]);
  expect(await socket()).toMatchObject({ state: "down", leaseToken: null });
}, 300_000);
