import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { stalled } from "#lib/alerts/rules/stalled.ts";
import { askFor, messageOf, toldOf, typesOf } from "#lib/events/events.fixture.ts";
import type { SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { Observation } from "./observation.ts";
import { codes, refusal, supplierItem, supplierOrder, UNKNOWN } from "./observations.fixture.ts";
import { place } from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
beforeEach(() => db.endpoint.updateMany({ data: { deletedAt: new Date() } }));

const aPaidOrder = async (facts: Parameters<typeof createOrder>[2] = {}) =>
  (await createOrder(db, ctx.account.id, { status: "paid", ...facts })).order;

type Order = { id: string; supplierOrderId: string | null };

const shows = (
  { id: orderId, supplierOrderId }: Order,
  state: SupplierOrderState,
  facts: Partial<SupplierOrder> = {},
): Observation => ({
  orderId,
  source: "look",
  answer: {
    kind: "order",
    order: supplierOrder(state, {
      supplierOrderId: supplierOrderId ?? `order_${orderId}`,
      // Of its own, since a value that two orders show is an alert.
      items: [supplierItem({ codes: state === "completed" ? codes(`CODE-${orderId}`) : [] })],
      ...facts,
    }),
  },
  attemptId: null,
  leaseToken: null,
});
const record = (...observations: Observation[]) => recordObservations(ctx, observations);

describe("what is told of an order", () => {
  it("is each status that it comes to, in order and in the form that is promised", async () => {
    const orderId = await place(ctx, {}, { customerRef: "customer-1" });
    const order = { id: orderId, supplierOrderId: null };
    const created = { ...shows(order, "awaiting_payment"), source: "create" } as const;
    await record(created);
    await record(shows(order, "paid"), shows(order, "processing"));
    await record(shows(order, "completed", { totalPrice: "4.50" }));
    const events = await toldOf(db, orderId);
    expect(typesOf(events)).toEqual([
      "order.created",
      "order.paid",
      "order.processing",
      "order.completed",
    ]);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    const messages = events.map(messageOf);
    expect(messages[0]?.data).toMatchObject({ status: "submitting", finishedAt: null });
    expect(messages[3]).toMatchObject({
      version: 1,
      timestamp: clock.now().toISOString(),
      data: {
        ...{ orderId, sequence: 4, status: "completed", supplier: "foxreload", isMock: false },
        ...{ customerRef: "customer-1", supplierOrderId: `order_${orderId}`, total: "4.5" },
        ...{ finishedAt: clock.now().toISOString(), reason: null, items: [{ codes: 1 }] },
      },
    });
    expect(JSON.stringify(events)).not.toContain(`CODE-${orderId}`);
  });

  it("says why, where there is more to say", async () => {
    const cancelled = await aPaidOrder();
    const [refused, given, unclear] = [await place(ctx), await place(ctx), await place(ctx)];
    const none = { attemptId: null, leaseToken: null };
    await record(
      shows(cancelled, "cancelled", { cancelReason: "out_of_stock" }),
      {
        ...none,
        orderId: refused,
        source: "create",
        answer: { kind: "refused", refusal: refusal("validation") },
      },
      {
        ...none,
        orderId: given,
        source: "person",
        answer: { kind: "given_up" },
        decidedBy: { actor: "Asha", reason: "an impossible customer" },
      },
      { ...none, orderId: unclear, source: "create", answer: UNKNOWN },
    );
    const last = async (orderId: string) =>
      (await toldOf(db, orderId)).map(messageOf).filter(({ type }) => type.startsWith("order."))[
        orderId === cancelled.id ? 0 : 1
      ];
    expect(await last(cancelled.id)).toMatchObject({
      type: "order.cancelled",
      data: { reason: "out_of_stock" },
    });
    expect(await last(refused)).toMatchObject({
      type: "order.failed",
      data: { status: "rejected", reason: "refused: validation" },
    });
    // What a person wrote for colleagues goes nowhere else.
    expect(await last(given)).toMatchObject({ data: { status: "rejected", reason: "given up" } });
    expect(await last(unclear)).toMatchObject({
      type: "order.unconfirmed",
      data: { reason: UNKNOWN.reason },
    });
  });

  it("is a stall, once an episode", async () => {
    const since = new Date(clock.now().getTime() - 3_600_000);
    const order = await aPaidOrder({ statusChangedAt: since });
    await Promise.all([stalled.judge(ctx), stalled.judge(ctx)]);
    await stalled.judge(ctx);
    const events = await toldOf(db, order.id);
    expect(typesOf(events)).toEqual(["order.stalled"]);
    expect(events.map(messageOf)[0]?.data).toMatchObject({
      ...{ status: "paid", since: since.toISOString() },
    });
    await record(shows(order, "processing"));
    expect(typesOf(await toldOf(db, order.id)).slice(1)).toEqual(["order.processing"]);
  });

  it("is its end, once, however often and by how many it is seen", async () => {
    const order = await aPaidOrder();
    await askFor(db);
    await Promise.all(Array.from({ length: 12 }, () => record(shows(order, "completed"))));
    await record(shows(order, "failed"), shows(order, "completed"));
    const events = await toldOf(db, order.id);
    expect(typesOf(events)).toEqual(["order.completed"]);
    expect(events[0]?.deliveries).toHaveLength(1);
  });

  it("is nothing where its transaction comes to nothing", async () => {
    const [order, other] = [await aPaidOrder(), await aPaidOrder()];
    const foreign = { ...shows(other, "completed"), orderId: order.id };
    await expect(record(shows(other, "completed"), foreign)).rejects.toThrow("was answered with");
    expect(await toldOf(db, other.id)).toEqual([]);
  });
});

describe("who is told", () => {
  const deliveriesOf = async (order: Order) => {
    await record(shows(order, "completed"));
    const [event] = await toldOf(db, order.id);
    return event?.deliveries.map(({ endpointId, state, reason }) => ({
      ...{ endpointId, state, reason },
    }));
  };
  const nobody = (reason: string) => [{ endpointId: null, state: "not_apply", reason }];
  const waiting = (endpointId: string) => ({ endpointId, state: "pending", reason: null });
  const missed = (endpointId: string) => ({
    ...{ endpointId, state: "not_apply", reason: "endpoint_disabled" },
  });

  it("is each endpoint that asks for it, also while it is paused", async () => {
    const order = await aPaidOrder();
    const { items } = await db.order.findUniqueOrThrow({
      where: { id: order.id },
      include: { items: true },
    });
    const [product] = await db.$queryRaw<{ id: string }[]>`
      select stock_product_of(${ctx.account.id}::uuid, ${items[0]?.externalId}) as id`;
    const those = [
      await askFor(db),
      await askFor(db, { events: ["order.failed", "order.completed"] }),
      await askFor(db, { productIds: [product?.id ?? expect.fail(), ctx.newId()] }),
      await askFor(db, { pausedAt: new Date(), pauseReason: "moving house" }),
    ];
    await askFor(db, { events: ["order.failed"] });
    await askFor(db, { productIds: [ctx.newId()] });
    await askFor(db, { deletedAt: new Date() });
    const off = await askFor(db, { disabledAt: new Date(), disabledWhy: "gone" });
    const told = await deliveriesOf(order);
    expect(told).toHaveLength(those.length + 1);
    expect(told).toEqual(expect.arrayContaining([...those.map(waiting), missed(off)]));
  });

  it("is nobody, and that is written down with its reason", async () => {
    expect(await deliveriesOf(await aPaidOrder())).toEqual(nobody("nobody_asked"));
    const off = await askFor(db, { disabledAt: new Date(), disabledWhy: "gone" });
    expect(await deliveriesOf(await aPaidOrder())).toEqual([missed(off)]);
    expect(await deliveriesOf(await aPaidOrder({ isMock: true }))).toEqual(nobody("mock_left_out"));
    await db.endpoint.update({ where: { id: off }, data: { deletedAt: new Date() } });
    const real = await askFor(db);
    const mock = await aPaidOrder({ isMock: true });
    expect(await deliveriesOf(mock)).toEqual(nobody("mock_left_out"));
    const both = await askFor(db, { includesMock: true });
    expect(await deliveriesOf(await aPaidOrder({ isMock: true }))).toEqual([waiting(both)]);
    expect(await deliveriesOf(await aPaidOrder())).toEqual(
      expect.arrayContaining([waiting(real), waiting(both)]),
    );
  });

  it("is each endpoint once, and those that are there throughout surely, while others come and go", async () => {
    const steady = await askFor(db);
    const fleeting: string[] = [];
    const orders = await Promise.all(Array.from({ length: 24 }, () => aPaidOrder()));
    let isOver = false;
    const changing = (async () => {
      while (!isOver) {
        const id = await askFor(db);
        fleeting.push(id);
        await db.endpoint.update({
          where: { id },
          data: { pausedAt: new Date(), pauseReason: "x" },
        });
        await db.endpoint.update({ where: { id }, data: { deletedAt: new Date() } });
      }
    })();
    await Promise.all(orders.map((order) => record(shows(order, "completed"))));
    isOver = true;
    await changing;
    for (const { id } of orders) {
      const events = await toldOf(db, id);
      expect(typesOf(events)).toEqual(["order.completed"]);
      const told = events.flatMap(({ deliveries }) => deliveries.map((one) => one.endpointId));
      expect(told).toContain(steady);
      expect(new Set(told).size).toBe(told.length);
      for (const one of told) expect([steady, ...fleeting]).toContain(one);
    }
  });
});
