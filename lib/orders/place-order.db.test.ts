import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createAccounts } from "#lib/suppliers/account.ts";
import { createProduct, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { dueInMs, JOB, newOrder, REQUEST, whole } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

// Any call to the supplier fails the test: nothing is sent inside a click.
const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const LOGIN = [{ name: "login", type: "string", options: [] }];
let product: Awaited<ReturnType<typeof createProduct>>;

beforeEach(async () => {
  product = await createProduct(db, ctx.account.id);
});

const post = (input: unknown) => placeOrder(ctx, operator, input, REQUEST);
const problems = async (input: unknown) => {
  const before = await db.order.count();
  const result = await post(input);
  expect(await db.order.count()).toBe(before);
  return result.kind === "invalid" ? result.problems : result.kind;
};

describe("placeOrder", () => {
  it("commits the intent whole, due at once by the database's clock", async () => {
    const other = await createProduct(db, ctx.account.id, { price: "0.9549", noteFields: LOGIN });
    const input = newOrder([product, other], { quantity: 3, customerRef: " R-7 " });
    Object.assign(input, { agreedTotal: "17.1147" });
    Object.assign(input.lines[1] ?? {}, { note: { login: " asha ", extra: "dropped" } });
    const skewed = { ...ctx, now: () => new Date(Date.now() + 600_000) };
    const result = await placeOrder(skewed, operator, input, {
      ...REQUEST,
      correlationId: "correlation-9",
    });
    if (result.kind !== "placed") throw new Error(result.kind);
    const order = await whole(db, result.orderId);
    expect(order).toMatchObject({
      clientRef: input.clientRef,
      status: "submitting",
      supplierOrderId: null,
      customerRef: "R-7",
      actorKind: "user",
      actorName: "Asha Rao",
      correlationId: "correlation-9",
      attempts: [],
      timeline: [
        { kind: "placed", actor: "Asha Rao", data: { total: "17.1147", currency: "USD" } },
      ],
    });
    expect(order.agreedTotal.toFixed()).toBe("17.1147");
    expect(order.items).toMatchObject([
      { externalId: product.externalId, position: 0, quantity: 3, note: null },
      { externalId: other.externalId, position: 1, quantity: 3, note: { login: "asha" } },
    ]);
    expect(await dueInMs(db, order.id)).toBeLessThanOrEqual(0);
  });

  it("is in the audit log: who placed it, from where, what it may cost", async () => {
    const result = await post(newOrder([product], { quantity: 2, isMock: true }));
    if (result.kind !== "placed") throw new Error(result.kind);
    expect(await db.auditEntry.findMany({ where: { objectId: result.orderId } })).toMatchObject([
      {
        ...{ action: "order.placed", objectKind: "order", actorName: "Asha Rao", ...REQUEST },
        details: { total: "9.50", currency: "USD", quantity: 2, mock: true },
      },
    ]);
  });

  it("makes one order of fifty posts at once", async () => {
    const input = newOrder([product]);
    const results = await Promise.all(Array.from({ length: 50 }, () => post(input)));
    const [placed] = results;
    if (!placed || !("orderId" in placed)) throw new Error("Not placed.");
    expect(await db.auditEntry.count({ where: { objectId: placed.orderId } })).toBe(1);
    const ids = new Set(results.map((result) => "orderId" in result && result.orderId));
    expect(ids.size).toBe(1);
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "repeated")).toHaveLength(49);
    expect(await db.order.count({ where: { clientRef: input.clientRef } })).toBe(1);
  });

  it("gives two customers with the same wish an order each", async () => {
    const [one, other] = await Promise.all([post(newOrder([product])), post(newOrder([product]))]);
    expect(one.kind).toBe("placed");
    expect(other.kind).toBe("placed");
  });

  it("lets one of two win that ask for different things under one reference", async () => {
    const input = newOrder([product]);
    const results = await Promise.all([post(input), post({ ...input, customerRef: "other" })]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["placed", "reference_taken"]);
  });
});

describe("a repeated reference", () => {
  const noted = () => [
    { name: "login", type: "string", options: [] },
    { name: "player_id", type: "integer", options: [] },
    { name: "amount", type: "number", options: [] },
  ];
  const typed = { login: " asha ", player_id: "007", amount: "1.50", more: "x" };

  it("is the same order, however its note is spelt", async () => {
    const game = await createProduct(db, ctx.account.id, { noteFields: noted() });
    const input = newOrder([game], { customerRef: "R-1" });
    const withNote = (note: object) => ({ ...input, lines: [{ ...input.lines[0], note }] });
    const first = await post(withNote(typed));
    expect(await post(withNote(typed))).toEqual({ ...first, kind: "repeated" });
    const again = { login: "asha", player_id: 7, amount: 1.5 };
    expect(await post(withNote(again))).toEqual({ ...first, kind: "repeated" });
    for (const other of [{ login: "ravi" }, { player_id: "8" }, { amount: "" }]) {
      expect(await post(withNote({ ...typed, ...other }))).toMatchObject({
        kind: "reference_taken",
      });
    }
  });

  it("is taken when anything else is another", async () => {
    const other = await createProduct(db, ctx.account.id);
    const input = newOrder([product]);
    const line = input.lines[0];
    await post(input);
    for (const facts of [
      { isMock: true },
      { customerRef: "R-2" },
      { agreedTotal: "4.76" },
      { lines: [{ ...line, quantity: 2 }] },
      { lines: [line, line] },
      { lines: [{ ...line, productId: other.id }] },
      { lines: [{ ...line, productId: "019abcde-0000-7000-8000-000000000000" }] },
    ]) {
      expect(await post({ ...input, ...facts })).toMatchObject({ kind: "reference_taken" });
    }
    expect(await post({ ...input, agreedTotal: "4.7500" })).toMatchObject({ kind: "repeated" });
  });

  it("is recognised although price and stock have moved since", async () => {
    const input = newOrder([product]);
    await post(input);
    await db.product.update({ where: { id: product.id }, data: { price: "9.99", stock: 0 } });
    expect(await post(input)).toMatchObject({ kind: "repeated" });
  });
});

describe("a refusal names everything that is wrong and stores nothing", () => {
  it("of the person", async () => {
    const input = newOrder([product]);
    await expect(placeOrder(ctx, testActor("viewer"), input, REQUEST)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await db.order.count({ where: { clientRef: input.clientRef } })).toBe(0);
  });

  it("of the shape", async () => {
    expect(await problems(null)).toMatchObject([{ kind: "malformed" }]);
    expect(await problems(newOrder([product], { quantity: -1 }))).toEqual([
      { kind: "malformed", path: "lines.0.quantity" },
      { kind: "malformed", path: "agreedTotal" },
    ]);
    const script = "<script>alert(1)</script>";
    expect(await problems(newOrder([product], { customerRef: script }))).toEqual([
      { kind: "malformed", path: "customerRef" },
    ]);
    expect(await problems(newOrder([product], { customerRef: "a\u0000b" }))).toEqual([
      { kind: "malformed", path: "customerRef" },
    ]);
  });

  it("of each line", async () => {
    const facts = { minQuantity: 2, maxQuantity: 5, stock: 4 };
    const scarce = await createProduct(db, ctx.account.id, facts);
    const gone = await createProduct(db, ctx.account.id, { goneAt: new Date() });
    const input = newOrder([scarce, scarce, scarce, gone]);
    const [few, many, some] = input.lines;
    Object.assign(few ?? {}, { quantity: 1 });
    Object.assign(many ?? {}, { quantity: 6 });
    Object.assign(some ?? {}, { quantity: 5 });
    const nobody = "019abcde-0000-7000-8000-000000000000";
    const lines = [...input.lines, { productId: nobody, quantity: 1, note: {} }];
    expect(await problems({ ...input, lines })).toEqual([
      { kind: "below_minimum", line: 0, minimum: 2 },
      { kind: "above_maximum", line: 1, maximum: 5 },
      { kind: "out_of_stock", line: 2, stock: 4 },
      { kind: "product_gone", line: 3 },
      { kind: "unknown_product", line: 4 },
    ]);
  });

  it("of two lines that together want more than there is", async () => {
    const scarce = await createProduct(db, ctx.account.id, { stock: 3 });
    expect(await problems(newOrder([scarce, scarce], { quantity: 2 }))).toEqual([
      { kind: "out_of_stock", line: 1, stock: 3 },
    ]);
  });

  it("of the note, 10 kB of it included", async () => {
    const game = await createProduct(db, ctx.account.id, { noteFields: LOGIN });
    expect(await problems(newOrder([game]))).toEqual([
      { kind: "note", line: 0, field: "login", problem: "required" },
    ]);
    const long = newOrder([game]);
    Object.assign(long.lines[0] ?? {}, { note: { login: "x".repeat(10_240) } });
    expect(await problems(long)).toEqual([
      { kind: "note", line: 0, field: "login", problem: "too_long" },
    ]);
  });

  it("of the price, with the one that holds now", async () => {
    expect(await problems(newOrder([product], { quantity: 2, agreedTotal: "9.49" }))).toEqual([
      { kind: "price_changed", total: "9.5", currency: "USD" },
    ]);
    expect(await problems(newOrder([product], { agreedTotal: "999999999999.9999" }))).toEqual([
      { kind: "price_changed", total: "4.75", currency: "USD" },
    ]);
  });

  it("of baskets over two suppliers or currencies", async () => {
    const elsewhere = await db.supplier.create({
      data: { slug: "other", kind: "x", name: "Other" },
    });
    const theirs = await createProduct(db, elsewhere.id);
    const rubles = await createProduct(db, ctx.account.id, { currency: "RUB" });
    expect(await problems(newOrder([product, theirs]))).toEqual([{ kind: "mixed_suppliers" }]);
    expect(await problems(newOrder([product, rubles]))).toEqual([{ kind: "mixed_suppliers" }]);
    expect(await problems(newOrder([theirs]))).toEqual([{ kind: "no_supplier" }]);
    const lonely = { ...ctx, suppliers: createAccounts([]) };
    const result = await placeOrder(lonely, JOB, newOrder([product]), REQUEST);
    expect(result).toEqual({ kind: "invalid", problems: [{ kind: "no_supplier" }] });
  });
});
