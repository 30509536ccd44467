import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Outcome, SupplierProduct } from "#lib/suppliers/port.ts";
import {
  createProduct,
  scriptedSupplier,
  type TestClock,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { product } from "./catalog.fixture.ts";
import { confirmProduct } from "./confirm-product.ts";
import { CONFIRM_AFTER_MS } from "./sync-schedule.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const viewer = testActor("viewer");
let clock: TestClock;
let ctx: Awaited<ReturnType<typeof testContext>>;
let answer: Outcome<SupplierProduct>;
let asked: string[];
let productId: string;

beforeEach(async () => {
  clock = testClock();
  asked = [];
  const supplier = scriptedSupplier({
    getProduct: async (id) => {
      asked.push(id);
      return answer;
    },
  });
  ctx = await testContext(db, supplier, clock);
  await db.supplier.updateMany({ data: { blockedUntil: null } });
  await db.product.deleteMany();
  const facts = { externalId: "p1", seenAt: clock.now(), categoryExternalId: "c1" };
  productId = (await createProduct(db, ctx.account.id, facts)).id;
});

const confirm = () => confirmProduct(ctx, viewer, productId);
const says = (facts: Partial<SupplierProduct>) => {
  answer = { kind: "accepted", value: product("p1", facts) };
};

describe("confirmProduct", () => {
  it("believes what was confirmed just now", async () => {
    clock.advance(CONFIRM_AFTER_MS);
    expect(await confirm()).toMatchObject({ price: "4.75" });
    expect(asked).toEqual([]);
  });

  it("asks for price and stock when they are older, and keeps the answer", async () => {
    clock.advance(CONFIRM_AFTER_MS + 1);
    says({ price: "4.9900", stock: 3, categoryId: "c1" });
    const seenAt = clock.now().toISOString();
    expect(await confirm()).toMatchObject({ id: productId, price: "4.99", stock: 3, seenAt });
    expect(asked).toEqual(["p1"]);
    expect(await confirm()).toMatchObject({ price: "4.99" });
    expect(asked).toEqual(["p1"]);
  });

  it("asks anew whatever the age, where somebody wants to be sure", async () => {
    says({ price: "5.25" });
    clock.advance(1);
    expect(await confirmProduct(ctx, viewer, productId, 0)).toMatchObject({ price: "5.25" });
    expect(asked).toEqual(["p1"]);
  });

  it("keeps the category when the answer names none", async () => {
    clock.advance(CONFIRM_AFTER_MS + 1);
    says({});
    expect(await confirm()).toMatchObject({ categoryName: "Gift cards" });
    const kept = await db.product.findUniqueOrThrow({ where: { id: productId } });
    expect(kept.categoryExternalId).toBe("c1");
  });

  it("marks a product gone that the supplier no longer knows, and takes it back", async () => {
    clock.advance(CONFIRM_AFTER_MS + 1);
    const refusal = {
      class: "not_found",
      code: null,
      detail: "no such product",
      httpStatus: 404,
    } as const;
    answer = { kind: "refused", refusal };
    expect(await confirm()).toMatchObject({ gone: true, price: "4.75" });
    says({});
    expect(await confirm()).toMatchObject({ gone: false });
  });

  it.each([
    { kind: "unknown", reason: "timeout", httpStatus: null },
    {
      kind: "refused",
      refusal: { class: "transient", code: null, detail: "down", httpStatus: 503 },
    },
  ] as const)("shows what was known, with its age, when the supplier is down", async (down) => {
    const seenAt = clock.now().toISOString();
    clock.advance(CONFIRM_AFTER_MS + 1);
    answer = down;
    expect(await confirm()).toMatchObject({ price: "4.75", gone: false, seenAt });
  });

  it("asks nothing while the account has to stay silent", async () => {
    await db.$executeRaw`update suppliers set blocked_until = now() + interval '1 minute'`;
    clock.advance(CONFIRM_AFTER_MS + 1);
    expect(await confirm()).toMatchObject({ price: "4.75" });
    expect(asked).toEqual([]);
  });

  it("shows the product of an account that is no longer connected", async () => {
    const other = await db.supplier.create({ data: { slug: "left", kind: "left", name: "Left" } });
    const old = await createProduct(db, other.id, { seenAt: new Date(0) });
    expect(await confirmProduct(ctx, viewer, old.id)).toMatchObject({ id: old.id });
    await db.product.delete({ where: { id: old.id } });
    await db.supplier.delete({ where: { id: other.id } });
  });

  it("knows no product that isn't there", async () => {
    expect(await confirmProduct(ctx, viewer, ctx.newId())).toBeNull();
  });
});
