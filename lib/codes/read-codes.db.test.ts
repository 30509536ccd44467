import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { CodeFilter } from "./code-filter.ts";
import { listCodes } from "./read-codes.ts";
import { createCodes, createHandOut, createStockProduct } from "./stock.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const viewer = testActor("viewer");
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(ctx.now().getTime() + days * DAY_MS);

const ids = { steam: v7(), bonus: v7(), xbox: v7(), order: "", handOut: "" };

beforeAll(async () => {
  await createStockProduct(db, { id: ids.steam, name: "Steam Wallet 5", region: "IN" });
  await createStockProduct(db, { id: ids.bonus, name: "100% bonus_pack" });
  await createStockProduct(db, { id: ids.xbox, name: "Xbox 10" });
  await createCodes(db, 60, { stockProductId: ids.steam, cost: "4.7500", currency: "USD" });
  await createCodes(db, 2, { stockProductId: ids.steam, state: "reserved", customerRef: "shop_2" });
  await createCodes(db, 1, { stockProductId: ids.bonus, state: "bad" });
  const made = await createOrder(
    db,
    ctx.account.id,
    { supplierOrderId: "Sup-77" },
    { quantity: 2 },
  );
  ids.order = made.order.id;
  ids.handOut = await createHandOut(db, "Kaufhaus");
  await createCodes(db, 2, {
    stockProductId: ids.xbox,
    itemId: made.item.id,
    orderId: made.order.id,
    state: "handed_out",
    customerRef: "Kaufhaus",
    handOutId: ids.handOut,
  });
  await createCodes(db, 2, { stockProductId: ids.steam, isMock: true });
  await createCodes(db, 1, { stockProductId: ids.xbox, expiresAt: inDays(20) });
  await createCodes(db, 1, { stockProductId: ids.xbox, expiresAt: inDays(3) });
  await createCodes(db, 1, { stockProductId: ids.xbox, expiresAt: inDays(90) });
  await createCodes(db, 1, { stockProductId: ids.xbox, expiresAt: inDays(4), state: "bad" });
});

const list = (filter: CodeFilter = {}) => listCodes(ctx, viewer, filter);
const names = async (filter: CodeFilter) =>
  [...new Set((await list(filter)).rows.map(({ productName }) => productName))].sort();
const count = async (filter: CodeFilter) => (await list(filter)).rows.length;

/** All pages, one after the other. */
async function all(filter: CodeFilter) {
  const rows = [];
  for (let after: string | undefined, pages = 0; pages < 9; pages += 1) {
    const page = await list({ ...filter, after });
    rows.push(...page.rows);
    if (!page.next) break;
    after = page.next;
  }
  return rows;
}

describe("listCodes", () => {
  it.each([
    ["all", {}, 69],
    ["of a product", { product: ids.steam }, 62],
    ["in some states", { state: ["available", "reserved"] as const }, 65],
    ["of a product in a state", { product: ids.steam, state: ["available"] as const }, 60],
    ["found by a name", { search: "steam" }, 62],
    ["found by a name, in a state", { search: "sTeam", state: ["reserved"] as const }, 2],
  ])("pages through what is asked for: %s", async (_, filter, expected) => {
    const rows = await all(filter as CodeFilter);
    expect(rows).toHaveLength(expected);
    const found = rows.map(({ id }) => id);
    expect(found).toEqual([...new Set(found)].sort().reverse());
  });

  it("tells what is known of a code", async () => {
    const { rows } = await list({ state: ["reserved"] });
    expect(rows[0]).toEqual({
      id: expect.any(String),
      mask: "•••• 1234",
      state: "reserved",
      stateChangedAt: expect.any(String),
      productId: ids.steam,
      productName: "Steam Wallet 5",
      region: "IN",
      orderId: null,
      customerRef: "shop_2",
      cost: null,
      currency: null,
      isMock: false,
      storedAt: expect.any(String),
      expiresAt: null,
      revealedAt: null,
    });
    expect((await list({ product: ids.steam, state: ["available"] })).rows[0]).toMatchObject({
      cost: "4.75",
      currency: "USD",
    });
  });

  it("shows mock codes when asked, and only those", async () => {
    for (const filter of [{}, { product: ids.steam }, { search: "steam" }] as const) {
      const { rows } = await list({ ...filter, mock: "only" });
      expect(rows.map(({ isMock }) => isMock)).toEqual([true, true]);
    }
    expect(await count({ product: ids.xbox, mock: "only" })).toBe(0);
  });

  it("finds by order, supplier order, hand-out, code and the beginning of a reference", async () => {
    const xbox = ["Xbox 10"];
    expect(await names({ search: ids.order.toUpperCase() })).toEqual(xbox);
    expect(await names({ search: ids.handOut })).toEqual(xbox);
    expect(await names({ search: "sup-77" })).toEqual(xbox);
    expect(await count({ search: "sup-7" })).toBe(0);
    expect(await names({ search: "kauf" })).toEqual(xbox);
    expect(await count({ search: "haus" })).toBe(0);
    const [one] = (await list()).rows;
    expect((await list({ search: one?.id ?? "" })).rows).toEqual([one]);
    expect(await count({ search: "kauf", product: ids.steam })).toBe(0);
    expect(await count({ search: "xbox", product: ids.steam })).toBe(0);
    expect(await count({ search: "xbox", product: ids.xbox, state: ["handed_out"] })).toBe(2);
  });

  it.each([
    ["%", ["100% bonus_pack"]],
    ["shop_", ["Steam Wallet 5"]],
    ["\\", []],
    ["' or true --", []],
    ["<script>alert(1)</script>", []],
  ])("takes %s literally", async (search, found) => {
    expect(await names({ search })).toEqual(found);
  });

  it("shows what expires soon, the soonest first, in stock only", async () => {
    const { rows, next } = await list({ expiring: "1" });
    expect(rows.map(({ expiresAt }) => expiresAt)).toEqual([
      inDays(3).toISOString(),
      inDays(20).toISOString(),
    ]);
    expect(next).toBeNull();
    const [first, second] = rows;
    const after = `${first?.expiresAt}~${first?.id}`;
    expect((await list({ expiring: "1", after })).rows).toEqual([second]);
    expect(await count({ expiring: "1", product: ids.steam })).toBe(0);
    expect(await count({ expiring: "1", search: "xbox" })).toBe(2);
    expect(await count({ expiring: "1", state: ["bad"] })).toBe(0);
  });

  it("begins at the first page for a place that is none", async () => {
    expect(await count({ after: "junk" })).toBe(50);
    expect(await count({ expiring: "1", after: "junk~junk" })).toBe(2);
  });

  it("never tells what a code is", async () => {
    const text = JSON.stringify([await list(), await list({ search: "Xbox" })]);
    const [row] = await db.code.findMany({ take: 1, orderBy: { id: "desc" } });
    for (const secret of ["v2|", row?.blindIndex ?? "?"]) expect(text).not.toContain(secret);
  });
});
