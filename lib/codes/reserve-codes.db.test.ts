import { afterAll, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { releaseCodes } from "./release-codes.ts";
import { reserveCodes } from "./reserve-codes.ts";
import type { ReserveInput } from "./schema.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { actionsOf, codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const viewer = testActor("viewer");
const reason = "the customer went away";

const reserve = (input: ReserveInput, actor = operator) => reserveCodes(ctx, actor, input, REQUEST);
const release = (codeIds: string[], actor = operator) =>
  releaseCodes(ctx, actor, { codeIds, reason }, REQUEST);

describe("reserveCodes and releaseCodes", () => {
  it("keep codes for a customer, and give them back", async () => {
    const { stockProductId, ids } = await stockOf(ctx, ["one", "two", "three"]);
    const answer = await reserve({ customerRef: "shop-1", stockProductId, quantity: 2 });
    expect(answer).toEqual({ kind: "reserved", codeIds: ids.slice(0, 2) });
    expect(await codeOf(db, ids[0] ?? "")).toMatchObject({
      state: "reserved",
      customerRef: "shop-1",
    });
    await release(ids.slice(0, 2));
    expect(await codeOf(db, ids[0] ?? "")).toMatchObject({ state: "available", customerRef: null });
    expect(await trailOf(db, ids[0] ?? "")).toMatchObject([
      { action: "code.reserved", reason: null, details: { customerRef: "shop-1" } },
      { action: "code.released", reason, details: { customerRef: "shop-1" } },
    ]);
  });

  it("keep named ones, all or none", async () => {
    const { ids } = await stockOf(ctx, ["one", "two"]);
    const [one = "", two = ""] = ids;
    expect(await reserve({ customerRef: "shop-1", codeIds: [two] })).toMatchObject({
      kind: "reserved",
    });
    expect(await reserve({ customerRef: "shop-2", codeIds: ids })).toEqual({
      kind: "out_of_stock",
      available: 1,
    });
    expect((await codeOf(db, one)).state).toBe("available");
  });

  it("release those that an order's customer doesn't want", async () => {
    const { first } = await stockOf(ctx, ["one"], { customerRef: "shop-1" });
    await release([first]);
    expect((await codeOf(db, first)).state).toBe("available");
  });

  it("let no code be two customers', however many ask", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const ids = await createCodes(db, 20, { stockProductId });
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        reserve({ customerRef: `shop-${n}`, stockProductId, quantity: 3 }),
      ),
    );
    const kept = answers.flatMap((answer) => (answer.kind === "reserved" ? answer.codeIds : []));
    expect(kept).toHaveLength(18);
    expect(new Set(kept).size).toBe(18);
    expect(answers.filter(({ kind }) => kind === "out_of_stock")).toHaveLength(3);
    expect(await db.code.count({ where: { id: { in: ids }, state: "available" } })).toBe(2);
  });

  it("wait for what is only held for a moment, as the turn of the keys does", async () => {
    const { stockProductId, first } = await stockOf(ctx, ["one"]);
    const { asked } = await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from codes where id = ${first}::uuid for update`;
      const pending = reserve({ customerRef: "shop-1", stockProductId, quantity: 1 });
      await expect
        .poll(
          async () =>
            (
              await db.$queryRaw<unknown[]>`
                select 1 from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'`
            ).length,
          { interval: 5 },
        )
        .toBe(1);
      return { asked: pending };
    });
    expect(await asked).toEqual({ kind: "reserved", codeIds: [first] });
  });

  it("refuse viewers, strangers and codes that are elsewhere", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    const input = { customerRef: "shop-1", codeIds: [first] };
    await expect(reserve(input, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(release([first], viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(release([first])).rejects.toMatchObject({ code: "conflict" });
    await expect(release([ctx.newId()])).rejects.toMatchObject({ code: "not_found" });
    expect(await reserve({ ...input, codeIds: [ctx.newId()] })).toEqual({
      kind: "out_of_stock",
      available: 0,
    });
  });

  it("leave the codes as they were where the trail can't be written", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    await db.$executeRaw`alter table audit_entries add constraint full_disk check (false) not valid`;
    try {
      const refused = reserve({ customerRef: "shop-1", codeIds: [first] });
      await expect(refused).rejects.toThrow("full_disk");
    } finally {
      await db.$executeRaw`alter table audit_entries drop constraint full_disk`;
    }
    expect((await codeOf(db, first)).state).toBe("available");
  });

  it("refuse a reason with a code in it: reasons are kept in the open", async () => {
    const { first } = await stockOf(ctx, ["XK7P-22QD-MM41"], { customerRef: "shop-1" });
    const told = releaseCodes(
      ctx,
      testActor("operator"),
      { codeIds: [first], reason: "XK7P-22QD-MM41 wasn't used" },
      REQUEST,
    );
    await expect(told).rejects.toMatchObject({ code: "invalid" });
    expect(await actionsOf(db, first)).not.toContain("code.released");
  });
});
