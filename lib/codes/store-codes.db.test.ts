import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openCode, openConflict, placeOf } from "./code-seal.ts";
import { createHandOut } from "./stock.fixture.ts";
import { type IncomingCode, storeAllCodes, storeCodes } from "./store-codes.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
let orderId: string;
let itemId: string;

beforeEach(async () => {
  const { order, item } = await createOrder(db, ctx.account.id);
  orderId = order.id;
  itemId = item.id;
});

const code = (position: number, value: string, raw: IncomingCode["raw"] = value): IncomingCode => ({
  itemId,
  position,
  value,
  raw,
});

/** As the one writer of orders does it: with the order's row locked. */
const store = (codes: IncomingCode[], withheld = false) =>
  db.$transaction(
    async (tx) => {
      await tx.$queryRaw`select id from orders where id = ${orderId}::uuid for update`;
      return storeCodes(tx, ctx, orderId, codes, withheld);
    },
    { timeout: 20_000 },
  );

const rows = () => db.code.findMany({ where: { itemId }, orderBy: { position: "asc" } });

async function values(): Promise<string[]> {
  const stored = await rows();
  const opened = stored.map((row) => openCode(ctx.sealer, placeOf(row), row.sealed));
  return (await Promise.all(opened)).map(({ value }) => value);
}

async function conflicts() {
  const stored = await db.codeConflict.findMany({
    where: { code: { itemId } },
    orderBy: { id: "asc" },
  });
  const opened = stored.map(({ id, codeId, sealed }) =>
    openConflict(ctx.sealer, { conflictId: id, codeId }, sealed),
  );
  return Promise.all(opened);
}

describe("storeCodes", () => {
  it("seals each code for its own row, with a mask", async () => {
    expect(
      await store([code(0, "XK7P-22QD-MM41"), code(1, "short", { pin: "short" })]),
    ).toMatchObject({
      stored: 2,
      changed: [],
    });
    const [first, second] = await rows();
    expect(first).toMatchObject({
      mask: "•••• MM41",
      state: "available",
      stateChangedAt: ctx.now(),
      revealedAt: null,
      storedAt: ctx.now(),
      blindIndex: ctx.sealer.blindIndex("XK7P-22QD-MM41"),
    });
    expect(second?.mask).toBe("••••");
    expect(JSON.stringify([first, second])).not.toMatch(/XK7P|short/);
    expect(await values()).toEqual(["XK7P-22QD-MM41", "short"]);
  });

  it("stores nothing twice, and later entries beside the earlier ones", async () => {
    await store([code(0, "one")]);
    expect(await store([code(0, "one"), code(1, "two")])).toMatchObject({ stored: 1, changed: [] });
    expect(await store([code(0, "one"), code(1, "two")])).toMatchObject({ stored: 0, changed: [] });
    expect(await values()).toEqual(["one", "two"]);
  });

  it("reports a code that reads differently now, and keeps both", async () => {
    await store([code(0, "one"), code(1, "two")]);
    const later = [code(0, "two"), code(1, "two"), code(2, "three")];
    expect(await store(later)).toMatchObject({ stored: 1, changed: [{ itemId, position: 0 }] });
    expect(await values()).toEqual(["one", "two", "three"]);
    expect(await conflicts()).toEqual([{ value: "two", raw: "two" }]);
    // The second time it is no news.
    expect(await store(later)).toMatchObject({ stored: 0, changed: [] });
    expect(await store([code(0, "one")])).toMatchObject({ stored: 0, changed: [] });
    expect(await conflicts()).toHaveLength(1);
  });

  it("keeps other fields beside the same code, without alarm", async () => {
    await store([code(0, "one", { code: "one", pin: "1" })]);
    expect(await store([code(0, "one", { pin: "1", code: "one" })])).toMatchObject({ changed: [] });
    expect(await conflicts()).toEqual([]);
    expect(await store([code(0, "one", { code: "one", pin: "2" })])).toMatchObject({ changed: [] });
    expect(await conflicts()).toEqual([{ value: "one", raw: { code: "one", pin: "2" } }]);
  });

  it("keeps some of what a supplier shows that never says the same twice, and reports all", async () => {
    await store([code(0, "first")]);
    for (let n = 0; n < 55; n++) {
      expect((await store([code(0, `other ${n}`)])).changed).toHaveLength(1);
    }
    expect(await conflicts()).toHaveLength(50);
    expect(await values()).toEqual(["first"]);
  });

  it("keeps equal codes at different places apart", async () => {
    expect(await store([code(0, "same"), code(1, "same")])).toMatchObject({
      stored: 2,
      changed: [],
    });
    const [first, second] = await rows();
    expect(first?.blindIndex).toBe(second?.blindIndex);
    expect(first?.sealed).not.toBe(second?.sealed);
  });

  it("withholds all codes of an order that ended badly", async () => {
    await store([code(0, "one")]);
    await store([code(1, "two")], true);
    expect(await rows()).toMatchObject([{ state: "withheld" }, { state: "withheld" }]);
  });

  it("holds any text that a supplier may send", async () => {
    const odd = ["\u0000", "ABCDEFGHIJKL\u00004711", "🔑".repeat(9), "\ud800", "x".repeat(100_000)];
    await store(odd.map((value, position) => code(position, value)));
    expect(await values()).toEqual(odd);
  });

  it("stores at once as many as an order can hold", { timeout: 20_000 }, async () => {
    const many = Array.from({ length: 3_000 }, (_, position) => code(position, `code-${position}`));
    expect(await store(many)).toMatchObject({ stored: 3_000, changed: [] });
    expect(await db.code.count({ where: { itemId } })).toBe(3_000);
  });

  it("lets one of two at once store, and the other find them stored", async () => {
    const both = [code(0, "one"), code(1, "two")];
    const answers = await Promise.all([store(both), store(both), store(both)]);
    expect(answers.map(({ stored }) => stored).sort()).toEqual([0, 0, 2]);
    expect(await values()).toEqual(["one", "two"]);
  });

  it("can't store two at one place, even without the lock", async () => {
    const unlocked = () =>
      db.$transaction((tx) => storeCodes(tx, ctx, orderId, [code(0, "one")], false));
    await Promise.allSettled([unlocked(), unlocked(), unlocked()]);
    expect(await values()).toEqual(["one"]);
  });

  it("leaves nothing behind when the transaction fails", async () => {
    const failing = db.$transaction(async (tx) => {
      await storeCodes(tx, ctx, orderId, [code(0, "one")], false);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await rows()).toEqual([]);
  });

  it("does nothing for no codes", async () => {
    expect(await store([])).toEqual({ stored: 0, changed: [], repeated: null });
  });
});

describe("what a code is from the start", () => {
  const storeFor = async (facts: Parameters<typeof createOrder>[2], raw: IncomingCode["raw"]) => {
    const made = await createOrder(db, ctx.account.id, facts, {
      externalId: `product_${ctx.newId()}`,
      productName: "Netflix 10",
      region: "IN",
      unitPrice: "9.1234",
    });
    [orderId, itemId] = [made.order.id, made.item.id];
    await store([code(0, "one", raw)]);
    const row = await db.code.findFirstOrThrow({
      where: { orderId },
      include: { stockProduct: true },
    });
    return { row, externalId: made.item.externalId };
  };

  it("is reserved for the customer whom it was bought for", async () => {
    const { row } = await storeFor({ customerRef: "shop-1" }, "one");
    expect(row).toMatchObject({ state: "reserved", customerRef: "shop-1", isMock: false });
  });

  it("is anybody's otherwise, with what it cost", async () => {
    const { row } = await storeFor({ currency: "EUR", isMock: true }, "one");
    expect(row).toMatchObject({ state: "available", customerRef: null, isMock: true });
    expect([row.cost?.toFixed(), row.currency]).toEqual(["9.1234", "EUR"]);
  });

  it("belongs to its supplier's product, which the first code brings into stock", async () => {
    const { row, externalId } = await storeFor({}, "one");
    expect(row.stockProduct).toEqual({
      id: row.stockProductId,
      supplierId: ctx.account.id,
      externalId,
      name: "Netflix 10",
      region: "IN",
      lowLine: null,
      createdAt: ctx.now(),
    });
    const [named] = await db.$queryRaw<{ id: string }[]>`
      select stock_product_of(${ctx.account.id}::uuid, ${externalId})::text as id`;
    expect(named?.id).toBe(row.stockProductId);
  });

  it("expires when its entry says so", async () => {
    const { row } = await storeFor({}, { code: "one", expires_at: "2031-05-17" });
    expect(row.expiresAt?.toISOString().slice(0, 10)).toBe("2031-05-17");
    expect((await storeFor({}, { code: "one", expires_at: "soon" })).row.expiresAt).toBeNull();
  });

  it("is counted, also where many bring new products at once", async () => {
    const products = Array.from({ length: 4 }, () => `product_${ctx.newId()}`);
    const storeOne = async (externalId: string) => {
      const made = await createOrder(db, ctx.account.id, {}, { externalId });
      const one = { itemId: made.item.id, position: 0, value: "one", raw: null };
      return { orderId: made.order.id, codes: [one], withheld: false };
    };
    const batches = [products, [...products].reverse(), products, [...products].reverse()];
    await Promise.all(
      batches.map(async (batch) => {
        const incoming = await Promise.all(batch.map(storeOne));
        await db.$transaction((tx) => storeAllCodes(tx, ctx, incoming), { timeout: 20_000 });
      }),
    );
    const counts = await db.$queryRaw<{ count: number; cost: string }[]>`
      select sum(count)::int as count, sum(cost)::text as cost
      from stock_changes c join stock_products p on p.id = c.stock_product_id
      where p.external_id = any(${products}) and c.state = 'available' group by p.id`;
    expect(counts).toEqual(products.map(() => ({ count: 4, cost: "19.0000" })));
  });
});

describe("an order that comes to nothing", () => {
  const signals = () =>
    db.systemSignal.findMany({ where: { subject: orderId }, select: { key: true, data: true } });

  it("takes reserved codes too, and tells nobody of what nobody has", async () => {
    await db.order.update({ where: { id: orderId }, data: { customerRef: "shop-1" } });
    await store([code(0, "one")]);
    expect(await rows()).toMatchObject([{ state: "reserved" }]);
    await store([], true);
    expect(await rows()).toMatchObject([{ state: "withheld", customerRef: "shop-1" }]);
    expect(await signals()).toEqual([]);
  });

  it("leaves a customer what he has, and tells of it once", async () => {
    await store([code(0, "one"), code(1, "two")]);
    const handOutId = await createHandOut(db, "shop-1");
    await db.code.updateMany({
      where: { itemId, position: 0 },
      data: { state: "handed_out", customerRef: "shop-1", handOutId },
    });
    await store([], true);
    await store([code(2, "three")], true);
    expect((await rows()).map(({ state }) => state)).toEqual([
      "handed_out",
      "withheld",
      "withheld",
    ]);
    expect(await signals()).toEqual([{ key: "handed_out_of_failed_order", data: { codes: 1 } }]);
  });
});

describe("a value that another place has too (I5)", () => {
  /** Values that no other test uses. */
  const fresh = () => `value-${ctx.newId()}`;
  /** The same places of another order. */
  async function inAnotherOrder<T>(act: () => Promise<T>): Promise<T> {
    const before = { orderId, itemId };
    const { order, item } = await createOrder(db, ctx.account.id);
    [orderId, itemId] = [order.id, item.id];
    try {
      return await act();
    } finally {
      ({ orderId, itemId } = before);
    }
  }

  it("is stored all the same, and said with the order that had it", async () => {
    const [one, two, three] = [fresh(), fresh(), fresh()];
    const other = await inAnotherOrder(async () => {
      await store([code(0, one), code(1, two)]);
      return orderId;
    });
    expect(await store([code(0, three), code(1, two), code(2, one)])).toEqual({
      stored: 3,
      changed: [],
      repeated: { count: 2, orderId: other },
    });
    expect(await values()).toEqual([three, two, one]);
  });

  it("is said also within one order, and within one answer", async () => {
    const [one, two] = [fresh(), fresh()];
    expect(await store([code(0, one), code(1, one)])).toMatchObject({
      repeated: { count: 2, orderId },
    });
    await store([code(2, two)]);
    expect(await store([code(3, two)])).toMatchObject({ repeated: { count: 1, orderId } });
  });

  it("is no news when an answer is repeated, and none where nothing is equal", async () => {
    const [one, two] = [fresh(), fresh()];
    expect(await store([code(0, one), code(1, two)])).toMatchObject({ repeated: null });
    expect(await store([code(0, one), code(1, two)])).toMatchObject({ repeated: null });
    // Another value at a place that is taken is a change, and no code of its own.
    expect(await store([code(0, two)])).toMatchObject({ stored: 0, repeated: null });
  });

  it("is found by its keyed hash: nothing is opened for it", async () => {
    const one = fresh();
    await inAnotherOrder(() => store([code(0, one)]));
    const blind = { ...ctx.sealer, open: () => expect.fail("a code was opened") };
    const { repeated } = await db.$transaction((tx) =>
      storeCodes(tx, { ...ctx, sealer: blind }, orderId, [code(0, one)], false),
    );
    expect(repeated).toMatchObject({ count: 1 });
  });

  it("is said of withheld codes too, and counted once however many places have it", async () => {
    const one = fresh();
    for (const withheld of [false, true, false]) {
      await inAnotherOrder(() => store([code(0, one)], withheld));
    }
    expect(await store([code(0, one)], true)).toMatchObject({ repeated: { count: 1 } });
  });
});

describe("the database", () => {
  it.each([
    "update codes set sealed = sealed || 'x'",
    "update codes set sealed = 'v1|a|b|c|d', mask = ''",
    "update codes set item_id = gen_random_uuid()",
    "update codes set order_id = gen_random_uuid()",
    "update codes set stock_product_id = gen_random_uuid()",
    "update codes set is_mock = not is_mock",
    "update codes set cost = 0",
    "update codes set currency = 'EUR'",
    "update codes set expires_at = now()",
    "update codes set position = position + 1",
    "update codes set blind_index = ''",
    "update codes set mask = ''",
    "update codes set stored_at = now()",
    "update codes set id = gen_random_uuid()",
    "delete from codes",
    "truncate codes cascade",
    "truncate order_items cascade",
    "truncate orders, order_items cascade",
    "insert into codes select (c).* from (select jsonb_populate_record(codes, jsonb_build_object('id', gen_random_uuid())) as c from codes limit 1) copy on conflict (item_id, position) do update set sealed = 'v1|a|b|c|d'",
  ])("refuses: %s", async (statement) => {
    await store([code(0, "one")]);
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(
      "stored codes can be neither changed nor removed",
    );
    expect(await values()).toEqual(["one"]);
  });

  it.each([
    "update code_conflicts set sealed = sealed",
    "delete from code_conflicts",
    "truncate code_conflicts",
  ])("refuses for what a place showed later: %s", async (statement) => {
    await store([code(0, "one")]);
    await store([code(0, "two")]);
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(
      "stored codes can be neither changed nor removed",
    );
    expect(await conflicts()).toHaveLength(1);
  });

  it("refuses to remove an order or item that has codes", async () => {
    await store([code(0, "one")]);
    await expect(db.$executeRaw`delete from order_items`).rejects.toThrow("codes_item_id_fkey");
    await expect(db.$executeRaw`delete from orders`).rejects.toThrow("order_items_order_id_fkey");
  });

  it("allows what happens to a code later: being revealed, being withheld", async () => {
    await store([code(0, "one")]);
    await db.code.updateMany({
      where: { itemId },
      data: { revealedAt: ctx.now(), state: "withheld" },
    });
    expect(await rows()).toMatchObject([{ revealedAt: ctx.now(), state: "withheld" }]);
  });
});
