import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import type { Tx } from "#lib/platform/db.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { createProduct, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { OrdersContext } from "./context.ts";
import { newOrder, REQUEST, timelineKinds, whole } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const supplierId = ctx.account.id;
const PRICE = "4.75";
let product: Awaited<ReturnType<typeof createProduct>>;
let shop: Extract<Actor, { kind: "key" }>;

beforeEach(async () => {
  product = await createProduct(db, supplierId, { price: PRICE });
  shop = await openKey();
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from orders`,
    db.$executeRaw`delete from balance_samples`,
  ]);
});

async function openKey(spendPerDay: Record<string, string> = {}): Promise<typeof shop> {
  const id = ctx.newId();
  await db.apiKey.create({
    data: {
      ...{ id, name: "Shop", prefix: id, hash: Buffer.from(id), scopes: ["orders:write"] },
      ...{ createdAt: ctx.now(), createdBy: "test", spendPerDay },
    },
  });
  return { kind: "key", id, name: "Shop", scopes: ["orders:write"] };
}

const hold = (available: string) =>
  db.balanceSample.create({
    data: {
      ...{ supplierId, currency: "USD", available, reserved: "0", pending: "0" },
      ...{ sampledAt: ctx.now(), askedAt: ctx.now() },
    },
  });

type Facts = { clientRef?: string; isMock?: boolean };
const place = (
  facts: Facts = {},
  actor: Actor = shop,
  { from = ctx, mayStore }: { from?: OrdersContext; mayStore?: (tx: Tx) => Promise<void> } = {},
) => placeOrder(from, actor, newOrder([product], facts), REQUEST, mayStore);

const times = <T>(count: number, act: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => act(index));
const kindsOf = (results: { kind: string }[]) => results.map(({ kind }) => kind);

/** Stands still at a point until it is told to go on; counts the transactions that were committed. */
function watched(point?: CrashPoint) {
  let arrive = () => {};
  let goOn = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let commits = 0;
  const reach = async (at: CrashPoint) => {
    if (at === "intent_committed") commits += 1;
    if (at !== point) return;
    arrive();
    await told;
  };
  return { from: { ...ctx, reach }, arrived, goOn: () => goOn(), commits: () => commits };
}

describe("orders of programs that come at once", () => {
  it("are stored in one transaction, each whole", async () => {
    const { from, commits } = watched();
    const results = await Promise.all(times(30, () => place({}, shop, { from })));
    expect(commits()).toBe(1);
    const ids = results.map((result) => (result.kind === "placed" ? result.orderId : result.kind));
    expect(new Set(ids).size).toBe(30);
    for (const id of ids) {
      const order = await whole(db, id);
      expect(order).toMatchObject({ status: "submitting", actorId: shop.id });
      expect(order.items).toMatchObject([{ externalId: product.externalId, quantity: 1 }]);
      expect(timelineKinds(order)).toEqual(["placed"]);
    }
    const about = { orderId: { in: ids }, type: "order.created" };
    expect(await db.outboundEvent.count({ where: about })).toBe(30);
    const entries = await db.auditEntry.findMany({ where: { objectId: { in: ids } } });
    expect(entries.map(({ action }) => action)).toEqual(times(30, () => "order.placed"));
    expect(await verifyAuditChain(ctx)).toMatchObject({ ok: true });
    const [{ due } = { due: 0 }] = await db.$queryRaw<{ due: number }[]>`
      select count(*)::int as due from orders where next_poll_at <= now()`;
    expect(due).toBe(30);
  });

  it("gather while others are being stored", async () => {
    const { from, arrived, goOn, commits } = watched("intent_written");
    const first = place({}, shop, { from });
    await arrived;
    const others = times(20, () => place({}, shop, { from }));
    goOn();
    expect(kindsOf(await Promise.all([first, ...others]))).toEqual(times(21, () => "placed"));
    expect(commits()).toBeLessThan(6);
  });

  it("share what a key may spend, to its last unit, and no other's", async () => {
    const limited = await openKey({ USD: "9.50" });
    const results = await Promise.all(
      times(12, (index) => place({}, index % 2 === 0 ? limited : shop)),
    );
    const ours = results.filter((_, index) => index % 2 === 0);
    expect(kindsOf(ours)).toEqual(["placed", "placed", ...times(4, () => "over_limit")]);
    expect(ours[2]).toMatchObject({ limit: { perDay: "9.50", left: "0", asked: PRICE } });
    expect(kindsOf(results.filter((_, index) => index % 2 === 1))).toEqual(
      times(6, () => "placed"),
    );
    expect(await db.order.count({ where: { actorId: limited.id } })).toBe(2);
  });

  it("don't share the trouble of a key whose limit can't be read: it may spend nothing", async () => {
    const odd = [await openKey({ USD: "1,000" }), await openKey(), await openKey()];
    const [, listed, empty] = odd.map(({ id }) => id);
    await db.$executeRaw`update api_keys set spend_per_day = '[]' where id = ${listed}::uuid`;
    await db.$executeRaw`update api_keys set spend_per_day = '{"USD":null}' where id = ${empty}::uuid`;
    const results = await Promise.all([shop, ...odd].map((actor) => place({}, actor)));
    expect(kindsOf(results)).toEqual(["placed", "over_limit", "over_limit", "over_limit"]);
    expect(results[2]).toMatchObject({ limit: { perDay: "0", left: "0" } });
  });

  it("share the account's money; a mock needs none", async () => {
    await hold("9.6");
    const results = await Promise.all(times(6, (index) => place({ isMock: index === 4 })));
    expect(kindsOf(results)).toEqual(["placed", "placed", "short", "short", "placed", "short"]);
    expect(results[5]).toMatchObject({ shortfall: { committed: "9.5", missing: "4.65" } });
  });

  it("are all refused while ordering is paused, but for what was placed before", async () => {
    const clientRef = "ref-before-the-pause";
    const input = newOrder([product], { clientRef });
    const before = await placeOrder(ctx, shop, input, REQUEST);
    const until = new Date(Date.now() + 60_000);
    const pause = { orderingPausedUntil: until, orderingPausedWhy: "x", orderingPausedBy: "y" };
    await db.supplier.update({ where: { id: supplierId }, data: pause });
    try {
      const again = placeOrder(ctx, shop, input, REQUEST);
      expect(kindsOf(await Promise.all([place(), again, place()]))).toEqual([
        ...["paused", "repeated", "paused"],
      ]);
      expect(await again).toEqual({ ...before, kind: "repeated" });
    } finally {
      const none = { orderingPausedUntil: null, orderingPausedWhy: null, orderingPausedBy: null };
      await db.supplier.update({ where: { id: supplierId }, data: none });
    }
  });

  it("are one order where they have one reference", async () => {
    const input = newOrder([product]);
    const results = await Promise.all(times(10, () => placeOrder(ctx, shop, input, REQUEST)));
    expect(kindsOf(results)).toEqual(["placed", ...times(9, () => "repeated")]);
    expect(await db.order.count()).toBe(1);
  });
});

describe("one of several orders that come at once", () => {
  it("isn't stored where something keeps it back, and the others are", async () => {
    const lost = new Error("The hold is lost.");
    const mayStore = async () => Promise.reject(lost);
    const results = await Promise.allSettled([place(), place({}, shop, { mayStore }), place()]);
    expect(results).toMatchObject([
      ...[{ value: { kind: "placed" } }, { reason: lost }, { value: { kind: "placed" } }],
    ]);
    expect(await db.order.count()).toBe(2);
  });

  it("finds out that another process was faster with it, and the others are stored", async () => {
    await hold("1000");
    const clientRef = "ref-of-both-processes";
    const input = newOrder([product], { clientRef });
    const other = watched("intent_written");
    const theirs = placeOrder(other.from, shop, input, REQUEST);
    await other.arrived;
    // They wait for the other's transaction, whose order they can't see yet.
    const ours = [place(), placeOrder(ctx, shop, input, REQUEST), place()];
    await expect.poll(waitingForLocks).toBe(1);
    other.goOn();
    expect(await theirs).toMatchObject({ kind: "placed" });
    expect(kindsOf(await Promise.all(ours))).toEqual(["placed", "repeated", "placed"]);
    expect(await db.order.count()).toBe(3);
  });

  it("doesn't wait for what another account's money is waited for", async () => {
    const facts = { slug: "second", kind: "foxreload", name: "Second" };
    const { id } = await db.supplier.create({ data: facts });
    const second = bareAccount({
      id,
      slug: facts.slug,
      name: facts.name,
      supplier: scriptedSupplier(),
    });
    const from = { ...ctx, suppliers: createAccounts([ctx.account, second], { knownForMs: 0 }) };
    const theirs = await createProduct(db, id, { price: PRICE });
    const slow = watched("intent_written");
    const ahead = place({}, shop, { from: slow.from });
    await slow.arrived;
    const behind = place({}, await openKey(), { from });
    await expect.poll(waitingForLocks).toBe(1);
    const beside = placeOrder(from, await openKey(), newOrder([theirs]), REQUEST);
    expect(await beside).toMatchObject({ kind: "placed" });
    slow.goOn();
    expect(kindsOf(await Promise.all([ahead, behind]))).toEqual(["placed", "placed"]);
  });
});

const waitingForLocks = async (): Promise<number> => {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
};
