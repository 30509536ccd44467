import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { DEFAULT_PACE } from "./look-schedule.ts";
import { createPaceBook } from "./pace-book.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
const curve = (to: number) => Array.from({ length: 33 }, (_, at) => (to * at) / 32);

beforeEach(async () => {
  await db.pollingPlan.deleteMany();
  await db.productCurve.deleteMany();
});

const learnt = (externalId: string, to: number, samples = 20) =>
  db.productCurve.create({
    data: { supplierId, externalId, samples, quantiles: curve(to), learntAt: clock.now() },
  });
const plan = (facts: object) =>
  db.pollingPlan.upsert({
    where: { supplierId },
    create: { supplierId, ...facts },
    update: facts,
  });

describe("paceOf", () => {
  it("is the usual pace where nothing is known", async () => {
    const pace = await createPaceBook().paceOf(ctx, supplierId, ["product_x"]);
    expect(pace).toEqual({
      ...DEFAULT_PACE,
      settings: { ...DEFAULT_PACE.settings, sweep: "auto", stalledAfterMs: null },
    });
  });

  it("brings the settings, the congestion and, only in a sweep, its period", async () => {
    await plan({
      settings: { schedule: { preset: "steady" } },
      congestion: 2.5,
      mode: "sweep",
      sweepEveryMs: 5_000,
    });
    const pace = await createPaceBook().paceOf(ctx, supplierId, []);
    expect(pace).toMatchObject({ congestion: 2.5, sweepEveryMs: 5_000 });
    expect(pace.settings.schedule.preset).toBe("steady");
    await plan({ mode: "single" });
    expect((await createPaceBook().paceOf(ctx, supplierId, [])).sweepEveryMs).toBe(null);
  });

  it("goes by the slowest product, and by none where too little is known of one", async () => {
    await learnt("product_fast", 32_000);
    await learnt("product_slow", 64_000);
    await learnt("product_new", 10_000, 19);
    const book = createPaceBook();
    const of = async (...ids: string[]) => (await book.paceOf(ctx, supplierId, ids)).curve;
    expect(await of("product_fast")).toEqual(curve(32_000));
    expect(await of("product_fast", "product_slow")).toEqual(curve(64_000));
    expect(await of("product_fast", "product_new")).toBe(null);
    expect(await of("product_fast", "product_unheard_of")).toBe(null);
    expect(await of()).toBe(null);
  });

  it("keeps what it has read for some seconds", async () => {
    const book = createPaceBook();
    expect((await book.paceOf(ctx, supplierId, [])).congestion).toBe(1);
    await plan({ congestion: 4 });
    clock.advance(9_000);
    expect((await book.paceOf(ctx, supplierId, [])).congestion).toBe(1);
    clock.advance(2_000);
    expect((await book.paceOf(ctx, supplierId, [])).congestion).toBe(4);
  });

  it("is told where messages about orders came in the last minutes", async () => {
    const isTold = async () => (await createPaceBook().paceOf(ctx, supplierId, [])).isTold;
    const { order } = await createOrder(db, supplierId);
    const orderId = order.id;
    const message = {
      supplierId,
      scheme: "hmac_sha256",
      sealed: "v2|k|n|c|t",
      bytes: 2,
      state: "done",
      settledAt: new Date(),
    };
    const receive = (dedupeKey: string, facts: object) =>
      db.inboxMessage.create({
        data: { id: ctx.newId(), dedupeKey, receivedAt: new Date(), ...message, ...facts },
      });
    await receive("of no order", {});
    await receive("long ago", { orderId, receivedAt: new Date(Date.now() - 301_000) });
    await receive("by socket", { orderId, via: "socket" });
    expect(await isTold()).toBe(false);
    await receive("just now", { orderId });
    expect(await isTold()).toBe(true);
  });

  it("asks again after a failure", async () => {
    const book = createPaceBook();
    const away = {
      ...ctx,
      db: { ...db, pollingPlan: { findUnique: () => Promise.reject("away") } },
    };
    await expect(book.paceOf(away as unknown as typeof ctx, supplierId, [])).rejects.toBe("away");
    expect((await book.paceOf(ctx, supplierId, [])).congestion).toBe(1);
  });
});
