/** Which supplier orders counting counts: those that may have come of what was sent. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN } from "./reconcile.fixture.ts";

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

describe("counting", () => {
  it("leaves orders for other goods out of the count", async () => {
    await open();
    const plain = await one.lost("before");
    await one.foreign(OBJECTS);
    await one.foreign(PLAIN, {}, 2);
    await one.foreign(PLAIN, { isMock: true });
    one.settle();
    await one.passes();
    expect(await one.order(plain)).toMatchObject({ status: "submitting" });
  });

  it("finds its order among however many of others (I1)", async () => {
    await open({ account: { isExclusive: false } });
    for (let others = 0; others < 210; others++) await one.foreign(OBJECTS);
    one.advance(1_000);
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("leaves out what was there long before it was sent", async () => {
    await open();
    await one.foreign();
    one.advance(3 * 3_600_000);
    const orderId = await one.lost("after");
    await one.pass();
    expect(await one.order(orderId)).toMatchObject({ supplierOrderId: (await one.theirs())[1] });
  });

  it("leaves one that is dated shortly before it to a person: a clock may have been set", async () => {
    await open();
    const early = await one.foreign();
    one.advance(600_000);
    const orderId = await one.lost("after");
    await one.pass();
    expect(await one.gate()).toMatchObject({ waitsFor: "person" });
    const { evidence } = await one.page(orderId);
    expect(
      evidence?.candidates.map(({ supplierOrderId, match }) => [supplierOrderId, match]),
    ).toEqual([
      [early, "unclear"],
      [(await one.theirs())[1], "same"],
    ]);
  });

  it("leaves out what the mirror knew before it was sent, however young that is", async () => {
    await open();
    await one.lost("before", OBJECTS);
    await one.foreign();
    await one.pass();
    one.advance(10_000);
    const orderId = await one.lost("after");
    await one.pass();
    expect(await one.order(orderId)).toMatchObject({
      supplierOrderId: (await one.theirs()).at(-1),
    });
  });

  it.each([600_000, -600_000, 7_200_000])(
    "counts by the supplier's clock, which is off by %i ms",
    async (offsetMs) => {
      await open();
      await one.control("POST", "/clock", { offsetMs });
      const [landed, missing] = [await one.lost("after"), await one.lost("before", OBJECTS)];
      one.settle();
      await one.passes();
      expect(await one.statuses(landed, missing)).toEqual(["awaiting_payment", "submitting"]);
      expect(await one.finish(landed)).toMatchObject({ status: "completed" });
    },
  );

  it("sees one that landed late, within the settling time", async () => {
    await open();
    await one.rule({ landLateMs: 9 * 60_000 }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    for (let minute = 0; minute < 9; minute++) {
      expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
      one.advance(60_000);
    }
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
  });

  it("needs two looks that agree: one that turns up between them is claimed", async () => {
    await open({ account: { isExclusive: false } });
    await one.rule({ landLateMs: 630_000 }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect(await one.count("POST create")).toBe(1);
  });
});
