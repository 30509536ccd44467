/** What the verbs really write has to pass the doctor, whatever the supplier does. */
import { afterAll, expect, it } from "vitest";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { openSupplier } from "#lib/orders/simulated.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { runDoctor } from "./run-doctor.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

it.each([false, true])(
  "finds nothing wrong with orders of all kinds (charged at creation: %s)",
  async (createCharges) => {
    const supplier = await openSupplier(db, { createCharges });
    const { ctx, work, place, rule, advance } = supplier;
    await sampleBalance(ctx, ctx.account, "refresh");

    const fates: [string, object, object?][] = [
      ["test-plain-codes", {}],
      ["test-plain-codes", {}, { quantity: 3 }],
      ["test-service-without-codes", {}],
      ["test-plain-codes", { fail: {} }],
      ["test-plain-codes", { fail: { keepMoney: true } }],
      ["test-plain-codes", { cancel: { reason: "user_request", when: "paid" } }],
      ["test-plain-codes", { partialCodes: 1 }, { quantity: 2 }],
      ["test-plain-codes", { extraCodes: 1 }],
      ["test-plain-codes", { itemError: {} }],
      ["test-plain-codes", { refuse: { status: 422, detail: "no" } }],
      ["test-codes-as-objects", { loseReply: "after" }],
      ["test-pin-only", { loseReply: "before" }],
      ["test-plain-codes", { stall: "processing" }],
      ["test-plain-codes", {}, { isMock: true }],
    ];
    const orders: string[] = [];
    for (const [slug, fate, facts] of fates) {
      await rule(fate, { endpoint: "create", times: 1 });
      orders.push(await place(slug, facts as { quantity?: number }));
      await work(orders.at(-1) ?? "");
    }
    for (let round = 0; round < 4; round++) {
      advance(4_000);
      await sampleBalance(ctx, ctx.account, "refresh");
      for (const orderId of orders) await work(orderId);
    }
    await sampleBalance(ctx, ctx.account, "refresh");

    const statuses = await db.order.findMany({ select: { status: true }, distinct: ["status"] });
    expect(statuses.length).toBeGreaterThanOrEqual(createCharges ? 5 : 6);
    const complaints = (await runDoctor(ctx)).flatMap(({ id, violations }) =>
      violations.map((violation) => ({ id, ...violation })),
    );
    expect(complaints).toEqual([]);
  },
);
