import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { Supplier } from "#lib/suppliers/port.ts";
import { type TestClock, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { product, type Shelves, shelfSupplier } from "./catalog.fixture.ts";
import { readCatalogStatus } from "./read.ts";
import { WALK_EVERY_MS, WALK_GIVE_UP_MS, WALK_LEASE_SECONDS } from "./sync-schedule.ts";
import { walkCatalogPage } from "./walk-catalog.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let clock: TestClock;
let shelves: Shelves;
let asked: string[];
let ctx: OrdersContext & { account: SupplierAccount };

beforeEach(async () => {
  await db.product.deleteMany();
  await db.category.deleteMany();
  await db.catalogWalk.deleteMany();
  await db.supplier.updateMany({ data: { blockedUntil: null } });
  clock = testClock();
  asked = [];
  shelves = { a: ["a1", "a2", "a3"], b: ["b1"], empty: [] };
  ctx = await testContext(db, shelfSupplier(shelves, asked), clock);
});

const page = () => walkCatalogPage(ctx, ctx.account);

/** Walks to the end; answers how many pages that took. */
async function walk(): Promise<number> {
  let pages = 1;
  while ((await page()) === "more") pages++;
  return pages;
}

async function known(): Promise<{ here: string[]; gone: string[] }> {
  const rows = await db.product.findMany({ orderBy: { externalId: "asc" } });
  const ids = (gone: boolean) =>
    rows.filter(({ goneAt }) => (goneAt !== null) === gone).map(({ externalId }) => externalId);
  return { here: ids(false), gone: ids(true) };
}

/** A supplier that differs from the scripted one in something. */
const insteadOf = (change: Partial<Supplier>) =>
  testContext(db, { ...ctx.account.supplier, ...change }, clock);

describe("walkCatalogPage", () => {
  it("reads every page of every category that has products", async () => {
    expect(await walk()).toBe(5);
    expect(asked).toEqual(["categories null", "categories 2", "a null", "a 2", "b null"]);
    expect(await known()).toEqual({ here: ["a1", "a2", "a3", "b1"], gone: [] });
    const first = await db.product.findFirstOrThrow({ where: { externalId: "a1" } });
    expect(first).toMatchObject({ categoryExternalId: "a", categoryName: "Category a" });
    expect(await readCatalogStatus(ctx, testActor("viewer"))).toEqual({
      products: 4,
      lastFinishedAt: clock.now().toISOString(),
      walking: null,
    });
  });

  it("rests for a while after a finished walk", async () => {
    await walk();
    clock.advance(WALK_EVERY_MS - 1);
    expect(await page()).toBe("idle");
    expect(asked).toHaveLength(5);
    clock.advance(1);
    expect(await page()).toBe("more");
  });

  it("marks gone what a finished walk didn't see, and takes it back when it returns", async () => {
    await walk();
    shelves.a = ["a1", "a2"];
    delete shelves.b;
    clock.advance(WALK_EVERY_MS);
    await walk();
    expect(await known()).toEqual({ here: ["a1", "a2"], gone: ["a3", "b1"] });
    expect(await db.category.count()).toBe(2);
    shelves.a = ["a3"];
    clock.advance(WALK_EVERY_MS);
    await walk();
    expect(await known()).toEqual({ here: ["a3"], gone: ["a1", "a2", "b1"] });
  });

  it("marks nothing gone before its end", async () => {
    await walk();
    shelves.a = ["new"];
    shelves.b = [];
    clock.advance(WALK_EVERY_MS);
    await page();
    await page();
    expect((await known()).gone).toEqual([]);
    expect(await readCatalogStatus(ctx, testActor("viewer"))).toMatchObject({
      products: 4,
      walking: { seen: 0, startedAt: clock.now().toISOString() },
    });
  });

  it("spares a product that somebody confirmed while it walked", async () => {
    await walk();
    clock.advance(WALK_EVERY_MS);
    await page();
    shelves.b = ["b2"];
    await db.product.updateMany({ where: { externalId: "b1" }, data: { seenAt: clock.now() } });
    await walk();
    expect((await known()).gone).toEqual([]);
  });

  it("marks nothing gone when the supplier shows an empty catalogue", async () => {
    await walk();
    for (const id of Object.keys(shelves)) delete shelves[id];
    clock.advance(WALK_EVERY_MS);
    expect(await walk()).toBe(1);
    expect((await known()).gone).toEqual([]);
    expect(await db.category.count()).toBe(3);
  });

  it("skips a category that vanishes on the way", async () => {
    await page();
    await page();
    delete shelves.a;
    await walk();
    expect((await known()).here).toEqual(["b1"]);
  });

  it("stores the rest of a page that holds an absurd product", async () => {
    const items = [product("absurd", { price: "1e29" }), product("odd", { stock: 2 ** 50 })];
    ctx = await insteadOf({
      listProducts: async () => ({ kind: "accepted", value: { items, next: null } }),
    });
    await walk();
    expect((await known()).here).toEqual(["odd"]);
  });
});

describe("a walk that is interrupted", () => {
  it("goes on where it was, by whoever comes next", async () => {
    await page();
    await page();
    await page();
    const other = await insteadOf({});
    while ((await walkCatalogPage(other, other.account)) === "more");
    expect(asked).toEqual(["categories null", "categories 2", "a null", "a 2", "b null"]);
    expect((await known()).here).toHaveLength(4);
  });

  it("is left alone while its process may live, and taken over once its lease has run out", async () => {
    await page();
    await page();
    const dying = await insteadOf({ listProducts: () => new Promise(() => undefined) });
    void walkCatalogPage(dying, dying.account);
    await expect.poll(() => db.catalogWalk.count({ where: { leaseToken: { not: null } } })).toBe(1);
    expect(await page()).toBe("idle");
    clock.advance(WALK_LEASE_SECONDS * 1_000);
    expect(await walk()).toBe(3);
    expect((await known()).here).toHaveLength(4);
  });

  it("keeps nothing of a page whose lease was taken over meanwhile", async () => {
    await page();
    await page();
    let answer: () => void = () => undefined;
    const late = { kind: "accepted", value: { items: [product("late")], next: null } } as const;
    const slow = await insteadOf({
      listProducts: () =>
        new Promise((resolve) => {
          answer = () => resolve(late as never);
        }),
    });
    const slowPage = walkCatalogPage(slow, slow.account);
    await expect.poll(() => db.catalogWalk.count({ where: { leaseToken: { not: null } } })).toBe(1);
    clock.advance(WALK_LEASE_SECONDS * 1_000);
    await walk();
    answer();
    expect(await slowPage).toBe("idle");
    expect((await known()).here).not.toContain("late");
  });

  it("is walked by one of many at a time", async () => {
    let idle = 0;
    const { listCategories } = ctx.account.supplier;
    ctx = await insteadOf({
      listCategories: async (cursor) => {
        await expect.poll(() => idle, { interval: 5, timeout: 15_000 }).toBe(7);
        return listCategories(cursor);
      },
    });
    const walker = async () => {
      const answer = await page();
      if (answer === "idle") idle++;
      return answer;
    };
    const answers = await Promise.all(Array.from({ length: 8 }, walker));
    expect(answers.filter((answer) => answer === "more")).toHaveLength(1);
    expect(asked).toEqual(["categories null"]);
    expect(await db.catalogWalk.count()).toBe(1);
  });

  it.each([
    ["an unclear answer", { kind: "unknown", reason: "timeout", httpStatus: null }],
    [
      "a refusal",
      {
        kind: "refused",
        refusal: { class: "validation", code: null, detail: "bad cursor", httpStatus: 422 },
      },
    ],
  ] as const)("asks again after %s, from the same place and without waiting", async (_, answer) => {
    await page();
    await page();
    const failing = await insteadOf({ listProducts: async () => answer });
    expect(await walkCatalogPage(failing, failing.account)).toBe("idle");
    expect(await walk()).toBe(3);
    expect((await known()).here).toHaveLength(4);
  });

  it("is begun anew once it is stuck for good", async () => {
    await walk();
    clock.advance(WALK_EVERY_MS);
    await page();
    shelves.a = ["a1"];
    clock.advance(WALK_GIVE_UP_MS);
    expect(await page()).toBe("more");
    expect(asked.slice(-2)).toEqual(["categories null", "categories null"]);
    await walk();
    expect((await known()).gone).toEqual(["a2", "a3"]);
    expect(await db.catalogWalk.count()).toBe(2);
  });

  it("asks nothing while the account has to stay silent", async () => {
    await db.$executeRaw`update suppliers set blocked_until = now() + interval '1 minute'`;
    expect(await page()).toBe("idle");
    expect(asked).toEqual([]);
    expect(await db.catalogWalk.count()).toBe(0);
  });
});
