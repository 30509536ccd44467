import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  claimLooks,
  claimOne,
  claimSends,
  LEASE_SECONDS,
  lockHeld,
  release,
  renewLeases,
} from "./claims.ts";
import { isAnythingDue, nextDueInMs } from "./is-anything-due.ts";
import { dueInMs, lapseLease, whole } from "./orders.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());

beforeEach(async () => {
  await db.$executeRaw`update orders set next_poll_at = now() + interval '1 year', lease_token = null, lease_until = null where next_poll_at is not null`;
});

/** Orders in a status, due since so many seconds; negative: not yet. */
async function orders(count: number, dueSince = 1, facts: object = {}) {
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: v7(),
    clientRef: `ref-${v7()}`,
    supplierId: ctx.account.id,
    supplierOrderId: `order_${v7()}`,
    status: "processing" as const,
    isMock: false,
    currency: "USD",
    agreedTotal: "1",
    actorKind: "job",
    actorName: "test",
    correlationId: "c",
    createdAt: new Date(),
    statusChangedAt: new Date(),
    nextPollAt: new Date(now - dueSince * 1_000 - (count - index)),
    ...facts,
  }));
  await db.order.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

/** The account's budget: so many looks may be made now, and hardly any more comes in while a test runs. */
const budget = (polls: number) =>
  db.$executeRaw`
    insert into call_budgets (supplier_id, calls_per_minute, rate, poll_tokens, refilled_at)
    values (${ctx.account.id}::uuid, 600000, 600000, ${polls}, now() + interval '1 hour')
    on conflict (supplier_id) do update set
      calls_per_minute = 600000, rate = 600000, poll_tokens = ${polls}, spare_tokens = 0, refilled_at = now() + interval '1 hour'`;

const tokens = async () => {
  const row = await db.callBudget.findUniqueOrThrow({ where: { supplierId: ctx.account.id } });
  return row.pollTokens + row.spareTokens;
};

const looks = async (limit: number) => (await claimLooks(ctx, ctx.account.id, limit)).claims;
const sends = (limit: number) => claimSends(ctx, limit);
const SEND = { status: "awaiting_payment" };
const idsOf = (claims: { orderId: string }[]) => claims.map(({ orderId }) => orderId).sort();

/** Seconds left of a lease. */
async function leaseOf(id: string): Promise<number> {
  const [row] = await db.$queryRaw<{ left: number }[]>`
    select extract(epoch from lease_until - now())::float8 as left from orders where id = ${id}::uuid`;
  return row?.left ?? Number.NaN;
}

describe.each([
  ["claimSends", sends, SEND],
  ["claimLooks", looks, {}],
] as const)("%s", (_, claim, facts) => {
  beforeEach(() => budget(100_000));

  it("gives 200 orders to eight claimers, each to one", async () => {
    const ids = await orders(200, 1, facts);
    const claimed = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const mine: string[] = [];
        for (;;) {
          const claims = await claim(7);
          if (claims.length === 0) return mine;
          expect(claims.length).toBeLessThanOrEqual(7);
          mine.push(...idsOf(claims));
        }
      }),
    );
    expect(claimed.flat().sort()).toEqual([...ids].sort());
  });

  it("never takes more than it was asked for, also of a small table", async () => {
    await orders(5, 1, facts);
    await db.$executeRaw`analyze orders`;
    expect(await claim(2)).toHaveLength(2);
    expect(await claim(2)).toHaveLength(2);
    expect(await claim(2)).toHaveLength(1);
    expect(await claim(2)).toEqual([]);
  });

  it("takes the longest overdue first, and none before its time", async () => {
    const [early] = await orders(1, -60, facts);
    const [old] = await orders(1, 3_600, facts);
    const [young] = await orders(1, 1, facts);
    expect(idsOf(await claim(1))).toEqual([old]);
    expect(idsOf(await claim(9))).toEqual([young]);
    await expect(whole(db, early ?? "")).resolves.toMatchObject({ leaseToken: null });
  });

  it("leases for twenty seconds, and tells what the work needs", async () => {
    const [id = ""] = await orders(1, 1, facts);
    const [claimed] = await claim(1);
    const { supplierOrderId, status } = await whole(db, id);
    expect(claimed).toMatchObject({ orderId: id, status, supplierOrderId });
    expect(claimed?.supplierId).toBe(ctx.account.id);
    expect(await leaseOf(id)).toBeGreaterThan(LEASE_SECONDS - 5);
    expect(await leaseOf(id)).toBeLessThanOrEqual(LEASE_SECONDS);
  });

  it("takes over what a dead process held once its lease has run out, under a new token", async () => {
    const [id] = await orders(1, 1, facts);
    const [dead] = await claim(1);
    expect(await claim(1)).toEqual([]);
    await lapseLease(db, id ?? "");
    const [heir] = await claim(1);
    expect(heir?.orderId).toBe(id);
    expect(heir?.leaseToken).not.toBe(dead?.leaseToken);
  });
});

describe("claims", () => {
  beforeEach(() => budget(100_000));

  it("take sends and looks apart", async () => {
    const send = await orders(2, 1, { status: "submitting", supplierOrderId: null });
    const look = [...(await orders(1)), ...(await orders(1, 1, { status: "paid" }))];
    expect(idsOf(await sends(9))).toEqual([...send].sort());
    expect(idsOf(await looks(9))).toEqual([...look].sort());
  });

  it("share the oldest sends among all suppliers, and looks by account", async () => {
    const other = await db.supplier.create({
      data: { slug: `other-${v7()}`, kind: "x", name: "X" },
    });
    const elsewhere = { supplierId: other.id };
    const [mine] = await orders(1, 60, SEND);
    const [theirs] = await orders(1, 90, { ...SEND, ...elsewhere });
    await orders(1, 30, { ...SEND, ...elsewhere });
    const [look] = await orders(1, 60, elsewhere);
    expect(idsOf(await sends(2))).toEqual([mine, theirs].sort());
    expect(await looks(9)).toEqual([]);
    expect(idsOf((await claimLooks(ctx, other.id, 9)).claims)).toEqual([look]);
  });
});

describe("the budget of looks", () => {
  it("lets no more be claimed than may be made, the longest overdue first", async () => {
    await budget(3);
    const ids = await orders(8);
    expect(idsOf(await looks(8))).toEqual(ids.slice(0, 3).sort());
    expect(await tokens()).toBe(0);
    const { claims, shortMs } = await claimLooks(ctx, ctx.account.id, 8);
    expect(claims).toEqual([]);
    expect(shortMs).toBeGreaterThan(0);
    expect(await db.order.count({ where: { leaseToken: { not: null }, id: { in: ids } } })).toBe(3);
  });

  it("isn't taken where nothing is due", async () => {
    await budget(3);
    await orders(2, -60);
    expect(await claimLooks(ctx, ctx.account.id, 8)).toEqual({ claims: [], shortMs: null });
    expect(await tokens()).toBe(3);
    await orders(1);
    expect(await looks(8)).toHaveLength(1);
    expect(await tokens()).toBe(2);
  });

  it("holds among ten claimers at once (I12)", async () => {
    await budget(25);
    await orders(100);
    const claimed = await Promise.all(Array.from({ length: 10 }, () => looks(10)));
    expect(claimed.flat()).toHaveLength(25);
    expect(new Set(idsOf(claimed.flat())).size).toBe(25);
    expect(await tokens()).toBe(0);
  });

  it("lets nothing be claimed while the account is silent", async () => {
    await budget(10);
    await orders(2);
    await orders(1, 1, SEND);
    const silent = (until: Date | null) =>
      db.supplier.update({ where: { id: ctx.account.id }, data: { blockedUntil: until } });
    await silent(new Date(Date.now() + 60_000));
    expect(await looks(8)).toEqual([]);
    expect(await sends(8)).toEqual([]);
    await silent(null);
    expect(await looks(8)).toHaveLength(2);
    expect(await sends(8)).toHaveLength(1);
  });
});

describe("the budget of sends", () => {
  const purchases = (count: number) =>
    db.callBudget.update({
      where: { supplierId: ctx.account.id },
      data: { purchaseTokens: count, spareTokens: 0 },
    });
  const left = async () =>
    (await db.callBudget.findUniqueOrThrow({ where: { supplierId: ctx.account.id } }))
      .purchaseTokens;
  beforeEach(async () => {
    await budget(0);
  });

  it("gives two calls to one that is created and paid, one to one that is paid", async () => {
    await purchases(9);
    const [fresh] = await orders(1, 60, { status: "submitting", supplierOrderId: null });
    const [unpaid] = await orders(1, 30, SEND);
    const calls = new Map((await sends(8)).map(({ orderId, prepaid }) => [orderId, prepaid]));
    expect(calls.get(fresh ?? "")).toEqual({ slice: "purchase", calls: 2 });
    expect(calls.get(unpaid ?? "")).toEqual({ slice: "purchase", calls: 1 });
    expect(await left()).toBe(6);
  });

  it("lets no more be claimed than can begin, the longest overdue first", async () => {
    await purchases(3);
    const ids = await orders(4, 60, { status: "submitting", supplierOrderId: null });
    const claims = await sends(8);
    expect(idsOf(claims)).toEqual(ids.slice(0, 2).sort());
    expect(claims.map(({ prepaid }) => prepaid.calls).sort()).toEqual([1, 2]);
    expect(await left()).toBe(0);
    expect(await sends(8)).toEqual([]);
  });
});

describe("renewLeases", () => {
  const shorten = (id: string, seconds: number) =>
    db.$executeRaw`update orders set lease_until = now() + make_interval(secs => ${seconds}::int) where id = ${id}::uuid`;

  it("holds on to what is still ours, also where the lease has run out", async () => {
    const [one = "", other = ""] = await orders(2);
    const claims = [await claimOne(ctx, one), await claimOne(ctx, other)].filter((x) => x !== null);
    await shorten(one, 3);
    await shorten(other, -3);
    await renewLeases(ctx, claims);
    expect(await leaseOf(one)).toBeGreaterThan(15);
    expect(await leaseOf(other)).toBeGreaterThan(15);
  });

  it("takes nothing back from whoever has taken it over", async () => {
    const [id = ""] = await orders(1);
    const dead = (await claimOne(ctx, id)) ?? expect.fail();
    await lapseLease(db, id);
    await claimOne(ctx, id);
    await shorten(id, 3);
    await renewLeases(ctx, [dead]);
    expect(await leaseOf(id)).toBeLessThan(4);
  });

  it("waits for nobody: a row that is being written is left alone", async () => {
    const [locked = "", free = ""] = await orders(2);
    const claims = [await claimOne(ctx, locked), await claimOne(ctx, free)].filter(
      (x) => x !== null,
    );
    await shorten(locked, 3);
    await shorten(free, 3);
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 as one from orders where id = ${locked}::uuid for update`;
      await renewLeases(ctx, claims);
    });
    expect(await leaseOf(locked)).toBeLessThan(4);
    expect(await leaseOf(free)).toBeGreaterThan(15);
    await renewLeases(ctx, []);
  });
});

describe("what is due", () => {
  it("counts the looks of connected accounts only, and every send", async () => {
    const soon = new Date(Date.now() + 30_000);
    const other = await db.supplier.create({
      data: { slug: `other-${v7()}`, kind: "x", name: "X" },
    });
    await orders(1, 5, { supplierId: other.id });
    expect(await isAnythingDue(ctx, soon)).toBe(false);
    await orders(1, -60);
    expect(await isAnythingDue(ctx, soon)).toBe(false);
    expect(await nextDueInMs(ctx)).toBeGreaterThan(30_000);
    const [look = ""] = await orders(1, -20);
    expect(await isAnythingDue(ctx, soon)).toBe(true);
    expect(await nextDueInMs(ctx)).toBeLessThan(20_100);
    await db.order.update({
      where: { id: look },
      data: { nextPollAt: new Date(Date.now() + 90_000) },
    });
    await orders(1, 5, { ...SEND, supplierId: other.id });
    expect(await isAnythingDue(ctx, soon)).toBe(true);
    expect(await nextDueInMs(ctx)).toBeLessThanOrEqual(0);
  });
});

describe("claimOne", () => {
  it("takes a due order once, whoever asks at the same time", async () => {
    const [id = ""] = await orders(1);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOne(ctx, id)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it("takes none that isn't due, has nothing left to do, or isn't there", async () => {
    const [early = ""] = await orders(1, -60);
    expect(await claimOne(ctx, early)).toBeNull();
    const [over = ""] = await orders(1, 1, {
      status: "completed",
      finishedAt: new Date(),
      nextPollAt: null,
    });
    expect(await claimOne(ctx, over)).toBeNull();
    expect(await claimOne(ctx, v7())).toBeNull();
  });
});

describe("release", () => {
  it("gives the order back for later", async () => {
    const [id = ""] = await orders(1);
    const claim = (await claimOne(ctx, id)) ?? expect.fail();
    await release(ctx, claim, 30_000);
    expect(await whole(db, id)).toMatchObject({ leaseToken: null, leaseUntil: null });
    expect(await dueInMs(db, id)).toBeGreaterThan(25_000);
  });

  it("does nothing for whoever has lost the lease", async () => {
    const [id = ""] = await orders(1);
    const dead = (await claimOne(ctx, id)) ?? expect.fail();
    await lapseLease(db, id);
    const heir = (await claimOne(ctx, id)) ?? expect.fail();
    const before = await whole(db, id);
    await release(ctx, dead, 3_600_000);
    await release(ctx, { orderId: id, leaseToken: null }, 3_600_000);
    expect(await whole(db, id)).toEqual(before);
    expect(before.leaseToken).toBe(heir.leaseToken);
  });
});

describe("lockHeld", () => {
  it("asks for the token, the status and a lease that runs, and gives a whole one", async () => {
    const [id = ""] = await orders(1, 1, { status: "awaiting_payment" });
    const claim = (await claimOne(ctx, id)) ?? expect.fail();
    const held = (facts: Partial<typeof claim> = {}) =>
      db.$transaction((tx) => lockHeld(tx, { ...claim, ...facts }));
    await db.$executeRaw`update orders set lease_until = now() + interval '10 seconds' where id = ${id}::uuid`;
    expect(await held()).toBe(true);
    expect(await leaseOf(id)).toBeGreaterThan(15);
    expect(await held({ leaseToken: v7() })).toBe(false);
    expect(await held({ status: "submitting" })).toBe(false);
    await lapseLease(db, id);
    expect(await held()).toBe(false);
  });
});
