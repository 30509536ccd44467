/** Looking into gates while creates are under way, and several processes at once. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeDue, timelineKinds } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN, promised } from "./reconcile.fixture.ts";
import { reconcileGates } from "./reconcile-gates.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const OPEN = { frozenAt: null, waitsFor: null, waitsWhy: null };
let one: Account;
async function open(options: Parameters<typeof openAccount>[1] = {}) {
  one = await openAccount(db, options);
  return one;
}
/** Whatever happened, the invariants hold. */
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

describe("while something is under way", () => {
  it("nothing is decided, and the list isn't asked", async () => {
    await open();
    const [lost] = await one.lostTogether("after");
    await db.placementGate.updateMany({
      data: { frozenAt: null, nextPassAt: null, waitsFor: null },
    });
    const sending = await one.place(PLAIN);
    const { promise, keep } = promised();
    const slow = {
      ...one.ctx,
      reach: (point: string) => (point === "create_answered" ? promise : Promise.resolve()),
    };
    await makeDue(db, sending);
    const working = workOnOrder(slow, sending);
    await expect.poll(() => one.count("POST create"), { interval: 10 }).toBe(2);
    await db.placementGate.updateMany({
      data: { frozenAt: one.ctx.now(), nextPassAt: new Date(), waitsFor: "outstanding" },
    });
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "outstanding" });
    expect(await one.count("GET list")).toBe(0);
    keep();
    await working;
    expect(await one.order(sending)).toMatchObject({ status: "paid" });
    // The answered one's is not counted for the lost one.
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(lost ?? "")).toMatchObject({ supplierOrderId: (await one.theirs())[0] });
  });

  it("two processes look into one gate: one does", async () => {
    await open();
    const orderId = await one.lost("after");
    const counts = await Promise.all([1, 2, 3, 4].map(() => reconcileGates(one.ctx)));
    expect(counts.sort()).toEqual([0, 0, 0, 1]);
    expect(await one.count("GET list")).toBe(1);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("a process that was paused between listing and deciding does nothing, once another has decided", async () => {
    await open();
    const orderId = await one.lost("after");
    const slow = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "gate_pass_recorded") return;
        // Its lease runs out meanwhile, and another takes the gate.
        expect(await one.pass()).toMatchObject(OPEN);
      },
    };
    await reconcileGates(slow);
    const order = await one.order(orderId);
    expect(timelineKinds(order).filter((kind) => kind === "adopted")).toHaveLength(1);
    expect(await one.gate()).toMatchObject(OPEN);
  });

  it("an answer that comes between listing and deciding: nothing is decided on the old picture", async () => {
    await open();
    const [first = "", second = ""] = await one.lostTogether("before", "before");
    one.settle();
    await one.pass();
    one.advance(30_000);
    const slow = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "gate_pass_recorded") return;
        await one.lostTogether("after");
        await db.placementGate.updateMany({
          data: { frozenAt: one.ctx.now(), nextPassAt: new Date(), waitsFor: "second_pass" },
        });
      },
    };
    await reconcileGates(slow);
    expect(await one.statuses(first, second)).toEqual(["unconfirmed", "unconfirmed"]);
  });

  it("a gate that can't be looked into keeps no other waiting", async () => {
    await open();
    const [broken, sound] = [await one.lost("after"), await one.lost("after", OBJECTS)];
    const { fingerprint } = await one.order(broken);
    const failing = {
      ...one.ctx,
      log: { ...one.ctx.log, error: () => undefined },
      reach: async (point: string) => {
        if (point !== "gate_listed") return;
        const [gate] = await db.$queryRaw<unknown[]>`select 1 from placement_gates
          where fingerprint = ${fingerprint} and lease_token is not null`;
        if (gate) throw new Error("no");
      },
    };
    await reconcileGates(failing as never);
    expect(await one.statuses(broken, sound)).toEqual(["unconfirmed", "awaiting_payment"]);
    await one.pass();
    expect(await one.order(broken)).toMatchObject({ status: "awaiting_payment" });
  });
});
