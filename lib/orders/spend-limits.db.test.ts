import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import {
  createOrder,
  createProduct,
  createUser,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { newOrder, REQUEST } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock(new Date("2026-11-22T22:30:00Z"));
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
const PRICE = "4.75";
let asha: Extract<Actor, { kind: "user" }>;
let shop: Extract<Actor, { kind: "key" }>;

beforeEach(async () => {
  const { id } = await createUser(db);
  asha = { ...testActor("operator"), id } as typeof asha;
  shop = { kind: "key", id: v7(), name: "Shop", scopes: ["orders:write"] };
});

const limit = (perDay: string, currency = "USD") =>
  db.spendLimit.create({ data: { userId: asha.id, currency, perDay } });
const openKey = (spendPerDay: Record<string, string>) =>
  db.apiKey.create({
    data: {
      ...{ id: shop.id, name: "Shop", prefix: shop.id, hash: Buffer.from(shop.id) },
      ...{ scopes: ["orders:write"], createdAt: clock.now(), createdBy: "test", spendPerDay },
    },
  });
/** Another product each time, so that no two wishes are similar. */
const place = async (actor: Actor = asha, facts: Record<string, unknown> = {}) =>
  placeOrder(ctx, actor, newOrder([await createProduct(db, supplierId)], facts), REQUEST);
const spent = (facts: Parameters<typeof createOrder>[2]) =>
  createOrder(db, supplierId, {
    ...{ actorKind: "user", actorId: asha.id, agreedTotal: PRICE, createdAt: clock.now() },
    ...facts,
  });
const over = (status: "cancelled" | "refunded" | "failed") =>
  spent({ status, finishedAt: clock.now(), nextPollAt: null });

describe("what somebody may spend in a day", () => {
  it("is refused with what is left, and stores nothing", async () => {
    await limit("12");
    for (let n = 0; n < 2; n++) expect(await place()).toMatchObject({ kind: "placed" });
    expect(await place()).toEqual({
      kind: "over_limit",
      limit: { currency: "USD", perDay: "12", left: "2.5", asked: PRICE },
    });
    expect(await db.order.count({ where: { actorId: asha.id } })).toBe(2);
  });

  it("may be used up to its last unit, and nothing beyond, and zero stops everything", async () => {
    await limit("9.50");
    for (let n = 0; n < 2; n++) expect(await place()).toMatchObject({ kind: "placed" });
    expect(await place()).toMatchObject({ kind: "over_limit", limit: { left: "0" } });
    await db.spendLimit.updateMany({ where: { userId: asha.id }, data: { perDay: "0" } });
    expect(await place()).toMatchObject({ kind: "over_limit", limit: { left: "0", perDay: "0" } });
  });

  it("begins anew at midnight UTC, wherever the machine stands", async () => {
    await limit(PRICE);
    await spent({ createdAt: new Date("2026-11-21T23:59:59.999Z") });
    expect(await place()).toMatchObject({ kind: "placed" });
    expect(await place()).toMatchObject({ kind: "over_limit" });
    clock.advance(90 * 60_000);
    expect(await place()).toMatchObject({ kind: "placed" });
    clock.advance(-90 * 60_000);
  });

  it("counts neither what cost nothing, nor other people, other currencies and mocks", async () => {
    await limit(PRICE);
    for (const status of ["cancelled", "refunded"] as const) await over(status);
    await spent({ currency: "RUB" });
    await spent({ isMock: true });
    await spent({ actorId: v7() });
    expect(await place(asha, { isMock: true })).toMatchObject({ kind: "placed" });
    expect(await place()).toMatchObject({ kind: "placed" });
    expect(await place(asha, { isMock: true })).toMatchObject({ kind: "placed" });
  });

  it("counts what failed, for its money may be gone", async () => {
    await limit(PRICE);
    await over("failed");
    expect(await place()).toMatchObject({ kind: "over_limit" });
  });

  it("holds for nobody else, and nobody without a limit", async () => {
    await limit("0", "RUB");
    expect(await place()).toMatchObject({ kind: "placed" });
    await limit("0");
    expect(await place(testActor("operator"))).toMatchObject({ kind: "placed" });
    expect(await place({ kind: "job", name: "test" })).toMatchObject({ kind: "placed" });
  });

  it("answers an order that was placed already, whatever is left", async () => {
    await limit(PRICE);
    const wish = newOrder([await createProduct(db, supplierId)]);
    expect(await placeOrder(ctx, asha, wish, REQUEST)).toMatchObject({ kind: "placed" });
    expect(await placeOrder(ctx, asha, wish, REQUEST)).toMatchObject({ kind: "repeated" });
  });
});

describe("the last unit", () => {
  it("goes to one of 20 parallel orders of a person", async () => {
    await limit("9.50");
    await spent({});
    const results = await Promise.all(Array.from({ length: 20 }, () => place()));
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "over_limit")).toHaveLength(19);
  });

  it("goes to one of 20 parallel orders of an API key", async () => {
    await openKey({ USD: "5" });
    const results = await Promise.all(Array.from({ length: 20 }, () => place(shop)));
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "over_limit")).toHaveLength(19);
  });

  it("isn't asked for where a key has no limit in this currency", async () => {
    await openKey({ RUB: "0" });
    expect(await place(shop)).toMatchObject({ kind: "placed" });
  });
});
