import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import { JOB, REQUEST } from "#lib/orders/orders.fixture.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import { createProduct, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { KeyActor } from "./check-key.ts";
import { createKey } from "./create-key.ts";
import { placeForKey } from "./place-for-key.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
let product: Awaited<ReturnType<typeof createProduct>>;
let shop: KeyActor;

beforeEach(async () => {
  product = await createProduct(db, ctx.account.id);
  shop = await keyOf();
});

async function keyOf(facts: object = {}): Promise<KeyActor> {
  const input = { name: "shop", scopes: ["orders:write"], ...facts };
  const made = await createKey(ctx, JOB, input, { address: null, correlationId: null });
  if (made.kind !== "made") throw new Error("No key was made.");
  return { kind: "key", id: made.id, name: "shop", scopes: ["orders:write"] };
}

const place = (facts: object = {}, from: OrdersContext = ctx, actor = shop) =>
  placeForKey(
    from,
    actor,
    { items: [{ itemId: product.externalId, quantity: 1 }], ...facts },
    { idempotencyKey: "shop-1", request: REQUEST },
  );

/** A process that stands still at a point of placing until it is told to go on. */
function standingAt(point: CrashPoint) {
  let arrive = () => {};
  let goOn = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reach = async (at: CrashPoint) => {
    if (at !== point) return;
    arrive();
    await told;
  };
  return { ctx: { ...ctx, reach }, arrived, goOn: () => goOn() };
}

const ordersOf = () => db.order.count({ where: { actorId: shop.id } });

describe("a key that asks to be refused what is similar", () => {
  it("hears of its own orders alone", async () => {
    const other = await keyOf();
    expect(await place({}, ctx, other)).toMatchObject({ kind: "order" });
    const mine = await place({ refuseSimilar: true });
    if (mine.kind !== "order") throw new Error("It was refused for what another ordered.");
    const again = placeForKey(
      ctx,
      shop,
      { items: [{ itemId: product.externalId, quantity: 1 }], refuseSimilar: true },
      { idempotencyKey: "shop-2", request: REQUEST },
    );
    expect(await again).toMatchObject({
      problem: { code: "similar_order", facts: { orders: [mine.order.id] } },
    });
  });
});

describe("requests that come in one breath", () => {
  const ask = (idempotencyKey: string, facts: object = {}, from: OrdersContext = ctx) =>
    placeForKey(
      from,
      shop,
      { items: [{ itemId: product.externalId, quantity: 1 }], ...facts },
      { idempotencyKey, request: REQUEST },
    );

  it("are one order for each idempotency key, whose first asker it is", async () => {
    const { ctx: from, arrived, goOn } = standingAt("intent_unwritten");
    const first = ["a", "b", "c"].map((key) => ask(key, {}, from));
    const others = ["a", "a", "b"].map((key) => ask(key, {}, from));
    const another = ask("c", { customerRef: "another" }, from);
    await arrived;
    const later = await Promise.all([...others, another]);
    goOn();
    const answers = [...(await Promise.all(first)), ...later];
    expect(
      answers.map((answer) => (answer.kind === "order" ? answer.isNew : answer.problem.code)),
    ).toEqual([
      ...[true, true, true],
      ...["idempotency_key_in_use", "idempotency_key_in_use", "idempotency_key_in_use"],
      "idempotency_key_reused",
    ]);
    expect(await ordersOf()).toBe(3);
    const again = await Promise.all(["a", "b", "c"].map((key) => ask(key)));
    expect(again.map((answer) => answer.kind === "order" && answer.isReplayed)).toEqual([
      ...[true, true, true],
    ]);
    expect(again[0]).toMatchObject({ order: (answers[0] as { order: object }).order });
  });

  it("fare each on its own: what one lacks is no other's trouble", async () => {
    const answers = await Promise.all([
      ask("d"),
      ask("e", { items: [{ itemId: "no such product", quantity: 1 }] }),
      ask("f", { maxTotalPrice: "1" }),
      ask("g"),
    ]);
    expect(
      answers.map((answer) => (answer.kind === "order" ? answer.isNew : answer.problem.code)),
    ).toEqual([true, "unknown_product", "price_above_maximum", true]);
    expect(await ordersOf()).toBe(2);
  });
});

describe("a request that is at work for longer than its hold", () => {
  // Every first hold has run out as soon as it is there.
  beforeAll(async () => {
    await db.$executeRaw`
      create function run_out() returns trigger language plpgsql as
      'begin new.locked_until := now() - interval ''1 second''; return new; end'`;
    await db.$executeRaw`
      create trigger run_out before insert on api_requests for each row execute function run_out()`;
  });

  it("places nothing once another has been refused in its stead, for ever", async () => {
    const slow = standingAt("intent_unwritten");
    const first = place({ maxTotalPrice: "4.75" }, slow.ctx);
    await slow.arrived;
    await db.product.update({ where: { id: product.id }, data: { price: "9.99" } });
    const refused = { kind: "problem", problem: { code: "price_above_maximum" } };
    expect(await place({ maxTotalPrice: "4.75" })).toMatchObject(refused);
    slow.goOn();
    expect(await first).toMatchObject(refused);
    expect(await ordersOf()).toBe(0);
    expect(await place({ maxTotalPrice: "4.75" })).toMatchObject(refused);
  });

  it("isn't refused by its own order, which another finds as soon as it stands", async () => {
    shop = await keyOf({ spendPerDay: { USD: "5" } });
    const slow = standingAt("intent_written");
    const first = place({}, slow.ctx);
    await slow.arrived;
    // Its order may be committed at any moment: nobody takes the request over before that is known.
    expect(await place()).toMatchObject({ problem: { code: "idempotency_key_in_use" } });
    slow.goOn();
    const placed = await first;
    expect(placed).toMatchObject({ kind: "order", isNew: true });
    expect(await place()).toMatchObject({ kind: "order", isReplayed: true });
    expect(await ordersOf()).toBe(1);
  });

  it("keeps no refusal of its own where another has taken it over, and doesn't end that one's hold", async () => {
    const slow = standingAt("intent_unwritten");
    const first = place({}, slow.ctx);
    await slow.arrived;
    const second = standingAt("intent_unwritten");
    const then = place({}, second.ctx);
    await second.arrived;
    slow.goOn();
    const inUse = { problem: { code: "idempotency_key_in_use" } };
    expect(await first).toMatchObject(inUse);
    expect(await ordersOf()).toBe(0);
    expect(await place()).toMatchObject(inUse);
    second.goOn();
    expect(await then).toMatchObject({ kind: "order", isNew: true });
    expect(await ordersOf()).toBe(1);
  });
});
