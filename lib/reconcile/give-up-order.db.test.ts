import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals } from "#lib/orders/orders.fixture.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { giveUpOrder } from "./give-up-order.ts";
import { type Account, openAccount, PLAIN, REQUEST } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
let one: Account;
const open = async (options: Parameters<typeof openAccount>[1] = {}) => {
  one = await openAccount(db, options);
};
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const giveUp = (orderId: string) =>
  giveUpOrder(one.ctx, asha, { orderId, picture: null, reason: "The customer has left." }, REQUEST);
const REJECTED = {
  status: "rejected",
  rejection: { class: "given_up", code: null, detail: "The customer has left." },
  nextPollAt: null,
  finishedAt: expect.any(Date),
};

describe("giving up", () => {
  it("ends an unconfirmed order; nothing is sent for it any more", async () => {
    await open();
    const orderId = await one.lost("before");
    expect(await giveUp(orderId)).toEqual({ kind: "done" });
    const order = await one.order(orderId);
    expect(order).toMatchObject({ ...REJECTED, attempts: [{ resolution: "given_up" }] });
    expect(openSignals(order)).toEqual([]);
    one.settle();
    await one.passes();
    await one.work(orderId);
    expect(await one.count("POST create")).toBe(1);
  });

  it("opens the gate for equal orders, where nothing came of it", async () => {
    await open();
    const orderId = await one.lost("before");
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    await giveUp(orderId);
    expect(await one.pass()).toMatchObject({ frozenAt: null });
    expect(await one.finish(waiting)).toMatchObject({ status: "completed" });
  });

  it("leaves what came of it to be nobody's: shown, and never sold twice (I16)", async () => {
    await open();
    const orderId = await one.lost("after");
    await giveUp(orderId);
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    // Goods that were paid for may lie there: nothing equal is bought before somebody has said so.
    expect(await one.pass()).toMatchObject({ waitsFor: "person" });
    await one.audit();
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
    expect(await one.row((await one.theirs())[0] ?? "")).toMatchObject({
      attribution: null,
      alertedAt: one.ctx.now(),
    });
    expect(await one.count("POST create")).toBe(1);
  });

  it("ends one that waits for its twin, which goes on", async () => {
    await open();
    const lost = await one.lost("after");
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    expect(await giveUp(waiting)).toEqual({ kind: "done" });
    expect(await one.order(waiting)).toMatchObject({ ...REJECTED, attempts: [] });
    expect(openSignals(await one.order(waiting))).toEqual([]);
    await one.pass();
    expect(await one.finish(lost)).toMatchObject({ status: "completed" });
    expect(await one.count("POST create")).toBe(1);
  });

  it("leaves its twins' count right: what was sent for it is no longer waited for", async () => {
    await open();
    const [first = "", second = ""] = await one.lostTogether("before", "after");
    await giveUp(first);
    expect(await one.pass()).toMatchObject({ frozenAt: null });
    expect(await one.order(second)).toMatchObject({ status: "awaiting_payment" });
  });

  it("where creating is free leaves an unpaid orphan, which runs out", async () => {
    await open({ createIsFree: true });
    await one.lose("after", 5);
    const orderId = await one.place(PLAIN);
    for (let round = 0; round < 2; round++) await one.work(orderId);
    expect(await one.order(orderId)).toMatchObject({ status: "submitting" });
    expect(await giveUp(orderId)).toEqual({ kind: "done" });
    await one.audit();
    expect((await one.mirror()).map(({ attribution }) => attribution)).toEqual([
      "orphan",
      "orphan",
    ]);
    expect(await one.signals()).toEqual([]);
    expect(await one.work(orderId)).toMatchObject({ status: "rejected" });
    expect(await one.paid()).toEqual([0, 0]);
  });
});
