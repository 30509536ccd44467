import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { CodeFilter } from "./code-filter.ts";
import { listCodes } from "./read.ts";
import { storeCodes } from "./store-codes.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const viewer = testActor("viewer");

async function storeFor(
  productName: string,
  count: number,
  order: { customerRef?: string; isMock?: boolean },
) {
  const made = await createOrder(db, ctx.account.id, order, { productName, region: "IN" });
  const codes = Array.from({ length: count }, (_, position) => ({
    itemId: made.item.id,
    position,
    value: `PLAINTEXT-${productName}-${position}`,
    raw: null,
  }));
  await db.$transaction((tx) => storeCodes(tx, ctx, made.order.id, codes, false));
  return made.order.id;
}

beforeAll(async () => {
  await storeFor("Steam Wallet 5", 60, { customerRef: "shop-1" });
  await storeFor("100% bonus_pack", 1, { customerRef: "shop_2" });
  await storeFor("Xbox 10", 1, { customerRef: "Kaufhaus" });
  await storeFor("Steam mock", 2, { isMock: true });
});

const list = (filter: CodeFilter = {}) => listCodes(ctx, viewer, filter);
const names = async (search: string) =>
  new Set((await list({ search })).rows.map(({ productName }) => productName));

describe("listCodes", () => {
  it("pages through all, newest first, none twice and none left out", async () => {
    const first = await list();
    expect(first.rows).toHaveLength(50);
    expect(first.rows[0]).toMatchObject({
      productName: "Xbox 10",
      region: "IN",
      customerRef: "Kaufhaus",
      isMock: false,
      revealedAt: null,
    });
    const second = await list({ after: first.next ?? undefined });
    expect(second.next).toBeNull();
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(ids).toHaveLength(62);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  it("shows mock codes when asked, and only those", async () => {
    const { rows } = await list({ mock: "only" });
    expect(rows.map(({ isMock }) => isMock)).toEqual([true, true]);
  });

  it("finds by product and by the beginning of a customer reference", async () => {
    expect(await names("xBoX")).toEqual(new Set(["Xbox 10"]));
    expect(await names("kauf")).toEqual(new Set(["Xbox 10"]));
    expect(await names("haus")).toEqual(new Set());
  });

  it.each([
    ["%", ["100% bonus_pack"]],
    ["_", ["100% bonus_pack"]],
    ["shop_", ["100% bonus_pack"]],
    ["\\", []],
    ["' or true --", []],
    ["<script>alert(1)</script>", []],
  ])("takes %s literally", async (search, found) => {
    expect(await names(search)).toEqual(new Set(found));
  });

  it("never tells what a code is", async () => {
    const text = JSON.stringify([await list(), await list({ search: "Xbox" })]);
    const [row] = await db.code.findMany({ take: 1, orderBy: { id: "desc" } });
    for (const secret of ["PLAINTEXT", "v1|", row?.sealed ?? "?", row?.blindIndex ?? "?"]) {
      expect(text).not.toContain(secret);
    }
  });
});
