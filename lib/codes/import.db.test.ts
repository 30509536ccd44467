import { afterAll, describe, expect, it } from "vitest";
import { createOrder, createStockProduct, testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { checkRows } from "./check-rows.ts";
import { openCode, placeOf } from "./code-seal.ts";
import { findStockProducts } from "./find-stock-products.ts";
import { openImports, REQUEST } from "./import.fixture.ts";
import { listImports, readImportProblems } from "./read-imports.ts";
import { resumeImport } from "./resume-import.ts";
import { stopImport } from "./stop-import.ts";
import { storeCodes } from "./store-codes.ts";
import { takeRows } from "./take-rows.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const { ctx, actor, file, begin, begun, take, rowsOf, stored, values, trail } =
  await openImports(db);
const viewer = testActor("viewer");
const available = async (stockProductId: string) => {
  const [row] = await db.$queryRaw<{ count: number; cost: string }[]>`
    select coalesce(sum(count), 0)::int as count, coalesce(sum(cost), 0)::text as cost from stock_changes
    where stock_product_id = ${stockProductId}::uuid and state = 'available' and currency = 'USD'`;
  return row;
};
const code = (problem: string) => expect.objectContaining({ code: problem });

describe("an import", () => {
  it("is begun, takes its rows, sealed, and ends with the last one", async () => {
    const wanted = file(3);
    const begun = await begin(wanted);
    expect(begun).toMatchObject({
      kind: "begun",
      import: { total: 3, done: 0, refused: 0, cost: "4.5", begunBy: actor.name, finishedAt: null },
    });
    const [one, two, three] = rowsOf(3, 2);
    if (!one || !two || !three) throw new Error("rows");
    one.code = " XK7P-22QD-MM41 ";
    two.pin = "0042";
    two.expiry = "2099-01-31";
    expect(await take(wanted.id, [one, two])).toMatchObject({
      state: "open",
      done: 2,
      refused: 0,
      problems: [],
    });
    expect(await take(wanted.id, [three])).toMatchObject({
      state: "finished",
      done: 3,
      refused: 0,
    });

    const codes = await stored(wanted.id);
    expect(codes).toMatchObject([
      { position: 2, state: "available", isMock: false, mask: "•••• MM41", expiresAt: null },
      { position: 3, expiresAt: new Date("2099-01-31T12:00:00Z") },
      { position: 4, customerRef: null, orderId: null, itemId: null },
    ]);
    expect(codes[0]?.blindIndex).toBe(ctx.sealer.blindIndex("XK7P-22QD-MM41"));
    expect(codes.map(({ cost, currency }) => `${cost} ${currency}`)).toEqual(
      Array(3).fill("4.5 USD"),
    );
    expect(JSON.stringify(codes)).not.toMatch(/XK7P|0042|code-4/);
    expect(await values(wanted.id)).toEqual(["XK7P-22QD-MM41", two.code, three.code]);
    const second = codes[1];
    if (!second) throw new Error("no code");
    expect(await openCode(ctx.sealer, placeOf(second), second.sealed)).toEqual({
      value: two.code,
      raw: { code: two.code, pin: "0042", expiry: "2099-01-31" },
    });
    expect(await available(begun.import.productId)).toEqual({ count: 3, cost: "13.5000" });
    expect(await trail(wanted.id)).toEqual([
      {
        action: "import.begun",
        details: expect.objectContaining({ total: 3, source: "july.csv" }),
      },
      { action: "import.finished", details: { taken: 3, refused: 0 } },
    ]);
  });

  it("goes to a product that there is, or to the one of that name", async () => {
    const stockProductId = await createStockProduct(db, ctx.account.id);
    const known = file(1, { product: { id: stockProductId } });
    expect((await begin(known)).import.productId).toBe(stockProductId);
    const first = await begin(file(1, { product: { name: "Own Card", region: "IN" } }));
    const again = await begin(file(1, { product: { name: "own card", region: "in" } }));
    const elsewhere = await begin(file(1, { product: { name: "own card", region: null } }));
    expect(again.import.productId).toBe(first.import.productId);
    expect(elsewhere.import.productId).not.toBe(first.import.productId);
    await expect(begin(file(1, { product: { id: ctx.newId() } }))).rejects.toEqual(
      code("not_found"),
    );
    expect(await findStockProducts(ctx, actor, "OWN card")).toMatchObject([
      { region: null, supplierName: null },
      { region: "IN" },
    ]);
    expect(await findStockProducts(ctx, actor, "%")).toEqual([]);
    expect(await findStockProducts(ctx, actor, "steam")).toMatchObject([
      { supplierName: "FoxReload" },
    ]);
  });

  it("is refused to whoever may not, and to strangers of it", async () => {
    const wanted = file(3);
    await expect(begin(wanted, viewer)).rejects.toEqual(code("forbidden"));
    await expect(takeRows(ctx, viewer, wanted.id, [], REQUEST)).rejects.toEqual(code("forbidden"));
    await expect(checkRows(ctx, viewer, wanted.id, [], REQUEST)).rejects.toEqual(code("forbidden"));
    await expect(stopImport(ctx, viewer, wanted.id, REQUEST)).rejects.toEqual(code("forbidden"));
    await expect(resumeImport(ctx, viewer, wanted.id, "0", REQUEST)).rejects.toEqual(
      code("forbidden"),
    );
    await expect(listImports(ctx, viewer)).rejects.toEqual(code("forbidden"));
    await expect(readImportProblems(ctx, viewer, wanted.id)).rejects.toEqual(code("forbidden"));
    await expect(findStockProducts(ctx, viewer, "")).rejects.toEqual(code("forbidden"));
    await expect(take(wanted.id, rowsOf(1))).rejects.toEqual(code("not_found"));
    await expect(stopImport(ctx, actor, wanted.id, REQUEST)).rejects.toEqual(code("not_found"));
    await expect(resumeImport(ctx, actor, wanted.id, "0", REQUEST)).rejects.toEqual(
      code("not_found"),
    );
    await expect(readImportProblems(ctx, actor, wanted.id)).rejects.toEqual(code("not_found"));
    expect(await trail(wanted.id)).toEqual([]);
  });

  it("begun twice is one", async () => {
    const wanted = file(3);
    const both = await Promise.all([begin(wanted), begin(wanted)]);
    expect(both).toMatchObject([{ kind: "begun" }, { kind: "begun" }]);
    expect(await trail(wanted.id)).toHaveLength(1);
    await expect(begin({ ...wanted, digest: "1".repeat(64) })).rejects.toEqual(code("conflict"));
    // Another tab with the same file.
    const other = { ...wanted, id: ctx.newId() };
    expect(await begin(other)).toMatchObject({ kind: "under_way", import: { id: wanted.id } });
    expect(await begin({ ...other, anew: true })).toMatchObject({ kind: "under_way" });
    expect((await listImports(ctx, actor)).rows.map(({ id }) => id)).toContain(wanted.id);
  });
});

describe("what is refused", () => {
  it("is each row for a reason of its own; the others are taken", async () => {
    const wanted = await begun(6);
    const [good, none, twin, odd, late] = rowsOf(5);
    if (!good || !none || !twin || !odd || !late) throw new Error("rows");
    const rows = [
      good,
      { ...none, code: " " },
      { ...twin, code: ` ${good.code}` },
      { ...odd, code: "A\u0000" },
      { ...late, expiry: "2020-01-01" },
    ];
    const problems = [
      { row: 1, problem: "no_code" },
      { row: 2, problem: "repeated" },
      { row: 3, problem: "odd_text" },
      { row: 4, problem: "expired" },
    ];
    expect(await checkRows(ctx, actor, wanted.id, rows, REQUEST)).toEqual(problems);
    expect(await take(wanted.id, rows)).toEqual({
      state: "open",
      total: 6,
      done: 1,
      refused: 4,
      problems,
    });
    // The twin may come in another call.
    const last = [{ row: 5, code: good.code }];
    expect(await take(wanted.id, last)).toMatchObject({
      state: "finished",
      done: 1,
      refused: 5,
      problems: [{ row: 5, problem: "repeated" }],
    });
    expect((await readImportProblems(ctx, actor, wanted.id)).problems).toEqual([
      ...problems,
      { row: 5, problem: "repeated" },
    ]);
    expect(await values(wanted.id)).toEqual([good.code]);
  });

  it("is what stock has already, from a supplier or another file, in whatever state", async () => {
    const wanted = file(3);
    const [mine, theirs, shown] = rowsOf(3);
    if (!mine || !theirs || !shown) throw new Error("rows");
    const { order, item } = await createOrder(db, ctx.account.id);
    const bring = (value: string) =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`select id from orders where id = ${order.id}::uuid for update`;
        await storeCodes(
          tx,
          ctx,
          order.id,
          [{ itemId: item.id, position: 0, value, raw: value }],
          false,
        );
      });
    await bring(theirs.code);
    // What the place showed later is no stranger either.
    await bring(shown.code);
    await begin(wanted);
    await take(wanted.id, [mine]);
    const second = file(3);
    await begin(second);
    const rows = [mine, theirs, shown];
    const problems = rows.map(({ row }) => ({ row, problem: "known" }));
    expect(await checkRows(ctx, actor, second.id, rows, REQUEST)).toEqual(problems);
    expect(await take(second.id, rows)).toMatchObject({
      state: "finished",
      done: 0,
      refused: 3,
      problems,
    });
    expect(await stored(second.id)).toEqual([]);
    expect(await trail(second.id)).toContainEqual({
      action: "import.checked",
      details: { rows: 3, known: 3 },
    });
  });

  it("is what another import brings at the same moment", async () => {
    const imports = [file(200), file(200), file(200), file(200)];
    for (const one of imports) await begin(one);
    const answers = await Promise.all(
      imports.flatMap(({ id }, at) => {
        // Each in an order of its own, so that they meet in the middle.
        const halves = [rowsOf(100), rowsOf(100, 100)];
        if (at % 2) halves.reverse();
        return halves.map((rows) => take(id, rows));
      }),
    );
    expect(answers.reduce((sum, { problems }) => sum + problems.length, 0)).toBe(600);
    const all = await db.code.findMany({
      where: { importId: { in: imports.map(({ id }) => id) } },
    });
    expect(all).toHaveLength(200);
    expect(new Set(all.map(({ blindIndex }) => blindIndex)).size).toBe(200);
    for (const { rows } of [await listImports(ctx, actor)]) {
      const ours = rows.filter(({ id }) => imports.some((one) => one.id === id));
      expect(
        ours.every(({ done, refused, finishedAt }) => done + refused === 200 && finishedAt),
      ).toBe(true);
    }
  });
});
