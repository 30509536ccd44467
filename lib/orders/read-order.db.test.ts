import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { revealCode } from "#lib/codes/reveal-code.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { codes, supplierItem, supplierOrder, UNKNOWN } from "./observations.fixture.ts";
import { readOrder } from "./read-order.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const [admin, operator, viewer] = [testActor("admin"), testActor("operator"), testActor("viewer")];
let orderId: string;

beforeEach(async () => {
  const { order } = await createOrder(
    db,
    ctx.account.id,
    {},
    { quantity: 2, note: { login: "asha" } },
  );
  orderId = order.id;
});

const look = (answer: Parameters<typeof recordObservations>[1][number]["answer"]) =>
  recordObservations(ctx, [{ orderId, source: "look", answer, attemptId: null, leaseToken: null }]);
const completed = () =>
  look({
    kind: "order",
    order: supplierOrder("completed", {
      supplierOrderId: `order_${orderId}`,
      // Of this order alone: the same code twice is something to be told of.
      items: [
        supplierItem({
          codes: codes(`SECRET-AAAA-${orderId}-1111`, `SECRET-BBBB-${orderId}-2222`),
        }),
      ],
      redacted: { status: "completed", externalData: ["•••• (16 characters)"] },
    }),
  });
const read = async (actor = operator) =>
  (await readOrder(ctx, actor, orderId)) ?? expect.fail("no such order");

describe("readOrder", () => {
  it("shows everything known, and no code", async () => {
    await completed();
    for (const actor of [admin, operator, viewer]) {
      const order = await read(actor);
      expect(order).toMatchObject({
        status: "completed",
        supplierName: "FoxReload",
        supplierOrderId: `order_${orderId}`,
        items: [
          {
            quantity: 2,
            note: { login: "asha" },
            codes: [
              { position: 0, mask: "•••• 1111", state: "available", revealedAt: null },
              { position: 1, mask: "•••• 2222" },
            ],
          },
        ],
        openSignals: [],
        readAt: clock.now().toISOString(),
      });
      expect(JSON.stringify(order)).not.toMatch(/SECRET|AAAA|v1\||blindIndex|sealed/);
    }
  });

  it("shows beside a code what its place showed later, masked, and says that it changed (I6)", async () => {
    await completed();
    clock.advance(1_000);
    await look({
      kind: "order",
      order: supplierOrder("completed", {
        supplierOrderId: `order_${orderId}`,
        items: [supplierItem({ codes: codes(`SECRET-CCCC-${orderId}-3333`) })],
      }),
    });
    for (const actor of [admin, operator, viewer]) {
      const order = await read(actor);
      expect(order.items[0]?.codes).toMatchObject([
        {
          mask: "•••• 1111",
          conflicts: [{ mask: "•••• 3333", storedAt: clock.now().toISOString() }],
        },
        { mask: "•••• 2222", conflicts: [] },
      ]);
      expect(order.openSignals).toMatchObject([{ key: "code_changed" }]);
      expect(JSON.stringify(order)).not.toMatch(/SECRET|CCCC|v1\||blindIndex|sealed/);
    }
  });

  it("gives the supplier's answer to admins only", async () => {
    await completed();
    expect((await read(admin)).lastAnswer).toMatchObject({ status: "completed" });
    expect(await read(operator)).not.toHaveProperty("lastAnswer");
    expect(await read(viewer)).not.toHaveProperty("lastAnswer");
  });

  it("says what this person may do with it now", async () => {
    expect((await read(operator)).may).toEqual({
      look: true,
      reveal: true,
      handOut: true,
      openPaymentPage: false,
      placeAgain: false,
    });
    expect((await read(viewer)).may).toEqual({
      look: false,
      reveal: false,
      handOut: false,
      openPaymentPage: false,
      placeAgain: false,
    });
    await completed();
    expect((await read(operator)).may).toEqual({
      look: false,
      reveal: true,
      handOut: true,
      openPaymentPage: false,
      placeAgain: true,
    });
    expect((await read(viewer)).may).toEqual({
      look: false,
      reveal: false,
      handOut: false,
      openPaymentPage: false,
      placeAgain: false,
    });
  });

  it("tells the order's life in one line of time, reveals among it", async () => {
    await look(UNKNOWN);
    await look(UNKNOWN);
    clock.advance(1_000);
    await completed();
    clock.advance(1_000);
    const [code] = (await read()).items[0]?.codes ?? [];
    await revealCode(ctx, operator, code?.id ?? "", "asked by the customer", {
      address: null,
      correlationId: null,
    });
    clock.advance(1_000);
    const { timeline } = await read();
    expect(timeline.map(({ kind, count, actor }) => [kind, count, actor])).toEqual([
      ["look_failed", 2, null],
      ["looked", 1, null],
      ["status_changed", 1, null],
      ["codes_stored", 2, null],
      ["code_revealed", 1, "Asha Rao"],
    ]);
    expect(timeline.at(-1)?.data).toMatchObject({
      item: 0,
      position: 0,
      reason: "asked by the customer",
    });
    expect(JSON.stringify(timeline)).not.toMatch(/SECRET/);
  });

  it("shows a stall that no engine has flagged, since when", async () => {
    const since = new Date(clock.now().getTime() - 11 * 60_000);
    await db.order.update({ where: { id: orderId }, data: { statusChangedAt: since } });
    expect(await read()).toMatchObject({
      signals: ["stalled"],
      openSignals: [{ key: "stalled", openedAt: since.toISOString(), alertId: null, data: {} }],
    });
  });

  it.each(["019abcde-0000-7000-8000-000000000000", "1", "", "\u0000"])(
    "knows no %j",
    async (id) => {
      expect(await readOrder(ctx, operator, id)).toBeNull();
    },
  );

  it("tells what the next look waits for, and when one may be asked for", async () => {
    const supplierId = ctx.account.id;
    const [item] = await db.orderItem.findMany({ where: { orderId } });
    const at = (ms: number) => new Date(clock.now().getTime() + ms);
    await db.order.update({
      where: { id: orderId },
      data: { nextPollAt: at(3_000), pollEveryMs: 2_000, lastLookedAt: at(-1_000) },
    });
    const looked = { orderId, at: at(-4_000), kind: "looked", data: {} };
    await db.timelineEntry.create({ data: { id: ctx.newId(), ...looked } });
    expect(await read()).toMatchObject({
      wait: {
        preset: "learned",
        everyMs: 2_000,
        learnedFrom: 0,
        congestion: 1,
        sweepEveryMs: null,
        silentUntil: null,
        pausedUntil: null,
      },
      lookAllowedAt: at(1_000).toISOString(),
    });
    await db.productCurve.create({
      data: {
        supplierId,
        externalId: item?.externalId ?? "",
        samples: 57,
        quantiles: [1, 2],
        learntAt: at(0),
      },
    });
    await db.pollingPlan.upsert({
      where: { supplierId },
      create: { supplierId, mode: "sweep", sweepEveryMs: 6_000, congestion: 1.5 },
      update: {},
    });
    const openUntil = at(9_000);
    await db.callBudget.upsert({
      where: { supplierId },
      create: { supplierId, openUntil },
      update: { openUntil },
    });
    await db.supplier.update({ where: { id: supplierId }, data: { blockedUntil: at(7_000) } });
    await db.timelineEntry.create({
      data: { id: ctx.newId(), orderId, at: at(-1_000), kind: "look_requested" },
    });
    expect(await read()).toMatchObject({
      wait: {
        learnedFrom: 57,
        congestion: 1.5,
        sweepEveryMs: 6_000,
        silentUntil: at(7_000).toISOString(),
        pausedUntil: at(9_000).toISOString(),
      },
      lookAllowedAt: at(4_000).toISOString(),
    });
    // An order in doubt that was searched for in vain has been asked about as well.
    await db.timelineEntry.create({
      data: { id: ctx.newId(), orderId, at: at(-500), kind: "not_found" },
    });
    expect(await read()).toMatchObject({ lookAllowedAt: at(4_500).toISOString() });
    await db.order.update({
      where: { id: orderId },
      data: { status: "failed", finishedAt: at(0), nextPollAt: null },
    });
    expect(await read()).toMatchObject({ wait: null, lookAllowedAt: null });
  });
});
