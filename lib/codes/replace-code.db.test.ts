import { afterAll, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { markBad } from "./mark-bad.ts";
import { replaceCode } from "./replace-code.ts";
import type { ReplaceInput } from "./schema.ts";
import { actionsOf, codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const reason = "it was used before";

/** A product's codes, the first of which a customer has and says is bad. */
async function badOne(values: string[], facts: Parameters<typeof stockOf>[2] = {}) {
  const stock = await stockOf(ctx, values, facts);
  const codeIds = [stock.first];
  await handOutCodes(ctx, operator, { customerRef: "shop-1", way: "link", codeIds }, REQUEST);
  await markBad(ctx, operator, { codeId: stock.first, reason }, REQUEST);
  return { ...stock, bad: stock.first };
}

const replace = (codeId: string, more: Partial<ReplaceInput> = {}, actor = operator) =>
  replaceCode(ctx, actor, { codeId, way: "reveal", reason: "told on the phone", ...more }, REQUEST);

describe("replaceCode", () => {
  it("gives the customer the next good one; both know of each other", async () => {
    const { bad, ids } = await badOne(["one", "two", "three"]);
    const answer = await replace(bad, { note: "ticket 17" });
    expect(answer).toMatchObject({
      kind: "handed_out",
      codes: [{ id: ids[1], plain: { value: "two" } }],
    });
    const handOutId = answer.kind === "handed_out" ? answer.handOutId : "";
    expect(await codeOf(db, bad)).toMatchObject({ state: "replaced", customerRef: "shop-1" });
    expect(await codeOf(db, ids[1] ?? "")).toMatchObject({
      state: "handed_out",
      customerRef: "shop-1",
      replacesId: bad,
      handOutId,
    });
    expect((await trailOf(db, bad)).at(-1)).toMatchObject({
      action: "code.replaced",
      details: { byCodeId: ids[1], handOutId },
    });
    expect(await actionsOf(db, ids[1] ?? "")).toEqual(["code.handed_out", "code.revealed"]);
  });

  it("gives the one that is named, also of another product", async () => {
    const { bad } = await badOne(["one", "two"]);
    const other = await stockOf(ctx, ["other"], { customerRef: "shop-1" });
    expect(await replace(bad, { way: "link", withCodeId: other.first })).toMatchObject({
      kind: "handed_out",
      codes: [{ id: other.first }],
      link: { id: expect.any(String) },
    });
  });

  it("gives nothing where there is nothing good, and the code stays bad", async () => {
    const { bad, ids } = await badOne(["one"]);
    const none = { kind: "out_of_stock", available: 0 };
    expect(await replace(bad)).toEqual(none);
    expect(await replace(bad, { withCodeId: ids[0] ?? "" })).toEqual(none);
    const somebodys = await stockOf(ctx, ["other"], { customerRef: "shop-2" });
    expect(await replace(bad, { withCodeId: somebodys.first })).toEqual(none);
    const mock = await stockOf(ctx, ["mock"], { isMock: true });
    expect(await replace(bad, { withCodeId: mock.first })).toEqual(none);
    expect((await codeOf(db, bad)).state).toBe("bad");
  });

  it("gives no real code for a mock one", async () => {
    const { bad, externalId } = await badOne(["mock"], { isMock: true });
    await stockOf(ctx, ["real"], { externalId });
    expect(await replace(bad)).toEqual({ kind: "out_of_stock", available: 0 });
  });

  it("gives one for one, however often and by how many it is asked", async () => {
    const { bad, stockProductId } = await badOne(["one", "two", "three", "four"]);
    const handOutId = ctx.newId();
    const same = await Promise.allSettled([
      replace(bad, { handOutId }),
      replace(bad, { handOutId }),
      replace(bad, { handOutId: ctx.newId() }),
    ]);
    const kinds = same.map((one) => (one.status === "fulfilled" ? one.value.kind : "refused"));
    expect(kinds.filter((kind) => kind === "handed_out")).toHaveLength(1);
    expect(await db.code.count({ where: { stockProductId, state: "available" } })).toBe(2);
    expect(await db.code.count({ where: { replacesId: bad } })).toBe(1);
  });

  it("says so to a request that comes twice", async () => {
    const { bad } = await badOne(["one", "two", "three"]);
    const handOutId = ctx.newId();
    await replace(bad, { handOutId });
    expect(await replace(bad, { handOutId })).toEqual({ kind: "repeated", handOutId });
    await expect(replace(bad)).rejects.toMatchObject({ code: "conflict" });
  });

  it("serves 10 customers with 6 good codes", async () => {
    const { ids, stockProductId } = await stockOf(
      ctx,
      Array.from({ length: 16 }, (_, n) => `code ${n}`),
    );
    const bad = ids.slice(0, 10);
    const given = { customerRef: "shop-1", way: "link", codeIds: bad } as const;
    await handOutCodes(ctx, operator, { ...given, codeIds: bad }, REQUEST);
    for (const codeId of bad) await markBad(ctx, operator, { codeId, reason }, REQUEST);
    const answers = await Promise.all(bad.map((codeId) => replace(codeId, { way: "link" })));
    expect(answers.filter(({ kind }) => kind === "handed_out")).toHaveLength(6);
    expect(answers.filter(({ kind }) => kind === "out_of_stock")).toHaveLength(4);
    const count = (state: "replaced" | "bad" | "available") =>
      db.code.count({ where: { stockProductId, state } });
    expect([await count("replaced"), await count("bad"), await count("available")]).toEqual([
      6, 4, 0,
    ]);
  });

  it("refuses viewers, strangers, good codes, and those that were nobody's", async () => {
    const { bad, ids, stockProductId } = await badOne(["one", "two", "three"]);
    const viewer = testActor("viewer");
    await expect(replace(bad, {}, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(replace(bad, { way: "link" }, viewer)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(replace(ctx.newId())).rejects.toMatchObject({ code: "not_found" });
    await expect(replace(ids[1] ?? "")).rejects.toMatchObject({ code: "conflict" });
    await markBad(ctx, operator, { codeId: ids[2] ?? "", reason }, REQUEST);
    await expect(replace(ids[2] ?? "")).rejects.toMatchObject({ code: "conflict" });
    expect(await db.code.count({ where: { stockProductId, state: "available" } })).toBe(1);
  });
});
