import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openConflict } from "#lib/codes/code-seal.ts";
import { createHandOut } from "#lib/codes/stock.fixture.ts";
import type { SupplierCode, SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
import {
  createOrder,
  scriptedSupplier,
  testClock,
  testContext,
  testSealer,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { codes, supplierItem, supplierOrder } from "./observations.fixture.ts";
import {
  openSignals,
  plainCodes,
  timelineKinds,
  type WholeOrder,
  whole,
} from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
let orderId: string;
let supplierOrderId: string;

/** The tests use the same codes again and again, which is a signal of its own (see the last group). */
const withoutRepeats = <S extends { key: string }>(signals: S[]): S[] =>
  signals.filter(({ key }) => key !== "code_repeated");
const openBesideRepeats = (order: WholeOrder): string[] =>
  openSignals({ ...order, signals: withoutRepeats(order.signals) });

beforeEach(async () => {
  const { order } = await createOrder(db, ctx.account.id, {}, { quantity: 2 });
  orderId = order.id;
  supplierOrderId = order.supplierOrderId ?? "";
});

const show = (state: SupplierOrderState, facts: Partial<SupplierOrder>, by = ctx) =>
  recordObservations(by, [
    {
      orderId,
      source: "look",
      answer: { kind: "order", order: supplierOrder(state, { supplierOrderId, ...facts }) },
      attemptId: null,
      leaseToken: null,
    },
  ]);
/** The supplier shows the order with these codes. */
const showCodes = (state: SupplierOrderState, given: SupplierCode[], by = ctx) =>
  show(state, { items: [supplierItem({ codes: given })] }, by);

const stored = () => whole(db, orderId);
const plain = async () => plainCodes(ctx, await stored());
const conflictsOf = async () =>
  Promise.all(
    (await stored()).items.flatMap((item) =>
      item.codes.flatMap(({ id: codeId, conflicts }) =>
        conflicts.map(({ id, sealed }) =>
          openConflict(ctx.sealer, { conflictId: id, codeId }, sealed),
        ),
      ),
    ),
  );

describe("codes", () => {
  it("are stored sealed, place by place, and nowhere else", async () => {
    await showCodes("completed", codes("AAAA-1111-AAAA", "BBBB-2222-BBBB"));
    expect(await plain()).toEqual([["AAAA-1111-AAAA", "BBBB-2222-BBBB"]]);
    expect(JSON.stringify(await stored())).not.toMatch(/1111|2222/);
  });

  it("are neither doubled nor moved by later answers, whole or not", async () => {
    await showCodes("completed", codes("A", "B"));
    const before = (await stored()).items;
    await showCodes("completed", codes("A", "B"));
    await showCodes("processing", []);
    await showCodes("completed", codes("A"));
    await Promise.all([1, 2, 3, 4].map(() => showCodes("completed", codes("A", "B"))));
    expect((await stored()).items).toEqual(before);
    expect(openBesideRepeats(await stored())).toEqual([]);
  });

  it("that are missing keep the order open for them, until they come", async () => {
    await showCodes("completed", codes("A"));
    const short = await stored();
    expect(short).toMatchObject({ status: "partial", nextPollAt: expect.any(Date) });
    expect(withoutRepeats(short.signals)).toMatchObject([
      { key: "codes_short", data: { got: 1, expected: 2 }, clearedAt: null },
    ]);
    const finishedAt = short.finishedAt;
    clock.advance(86_400_000);
    await showCodes("completed", codes("A", "B"));
    const order = await stored();
    expect(order).toMatchObject({ status: "completed", nextPollAt: null, finishedAt });
    expect(openBesideRepeats(order)).toEqual([]);
    expect(await plain()).toEqual([["A", "B"]]);
  });

  it("more than there are units are stored too, and said (I5)", async () => {
    await showCodes("completed", codes("A", "B", "C"));
    expect(await plain()).toEqual([["A", "B", "C"]]);
    const order = await stored();
    expect(order).toMatchObject({ status: "completed" });
    expect(withoutRepeats(order.signals)).toMatchObject([
      { key: "codes_extra", data: { got: 3, expected: 2 }, clearedAt: null },
    ]);
  });

  it("that come beyond the last unit in a later answer are stored and said then", async () => {
    await showCodes("completed", codes("A", "B"));
    expect(openBesideRepeats(await stored())).toEqual([]);
    await showCodes("completed", codes("A", "B", "C"));
    expect(await plain()).toEqual([["A", "B", "C"]]);
    expect(openBesideRepeats(await stored())).toEqual(["codes_extra"]);
    // Shown fewer again, none is lost, and the order still has more than it asked for.
    await showCodes("completed", codes("A", "B"));
    expect(await plain()).toEqual([["A", "B", "C"]]);
    expect(openBesideRepeats(await stored())).toEqual(["codes_extra"]);
  });

  it("of a service are none too many: it has no count of its own", async () => {
    await db.orderItem.updateMany({ where: { orderId }, data: { isService: true, quantity: 1 } });
    await showCodes("completed", codes("A", "B"));
    expect(openBesideRepeats(await stored())).toEqual([]);
  });

  it("are stored whatever product and split the supplier shows them under", async () => {
    const split = [
      supplierItem({ productId: "offer-1", codes: codes("A") }),
      supplierItem({ productId: null, codes: codes("B") }),
    ];
    await show("completed", { items: split });
    expect(await plain()).toEqual([["A", "B"]]);
    expect(await stored()).toMatchObject({ status: "completed" });
  });

  it("of several items stay with their items", async () => {
    const item = { position: 1, externalId: "product_y", quantity: 1, isService: false };
    await db.orderItem.create({
      data: { ...item, id: ctx.newId(), orderId, productName: "Y", unitPrice: "1" },
    });
    const one = supplierItem({ codes: codes("A", "B") });
    const other = supplierItem({ productId: "product_y", codes: codes("Y") });
    await show("completed", { items: [one, other] });
    await show("completed", { items: [other, one] });
    expect(await plain()).toEqual([["A", "B"], ["Y"]]);
    expect(openBesideRepeats(await stored())).toEqual([]);
  });
});

describe("a place that shows something else later", () => {
  it("keeps its first code, keeps the other sealed beside it, and tells", async () => {
    await showCodes("completed", codes("A", "B"));
    const [first] = (await stored()).items[0]?.codes ?? [];
    await showCodes("completed", codes("X", "B"));
    const order = await stored();
    expect(await plain()).toEqual([["A", "B"]]);
    expect(order.items[0]?.codes[0]).toMatchObject({ id: first?.id, sealed: first?.sealed });
    expect(await conflictsOf()).toEqual([{ value: "X", raw: "X" }]);
    expect(withoutRepeats(order.signals)).toMatchObject([
      { key: "code_changed", data: { places: 1, position: 0 }, clearedAt: null },
    ]);
  });

  it("tells and keeps each thing once, however often it is shown", async () => {
    await showCodes("completed", codes("A", "B"));
    for (const given of [codes("B", "A"), codes("A", "B"), codes("B", "A"), codes("C", "B")]) {
      await showCodes("completed", given);
    }
    expect((await conflictsOf()).map(({ value }) => value).sort()).toEqual(["A", "B", "C"]);
    expect(withoutRepeats((await stored()).signals)).toHaveLength(1);
  });

  it("keeps a PIN that came later than its code, which is no change of it", async () => {
    const bare = { position: 0, value: "A", raw: { code: "A" } };
    const whole = { position: 0, value: "A", raw: { pin: "1234", code: "A" } };
    const turned = { position: 0, value: "A", raw: { code: "A", pin: "1234" } };
    for (const code of [bare, whole, turned, bare]) await showCodes("processing", [code]);
    expect(await conflictsOf()).toEqual([{ value: "A", raw: { pin: "1234", code: "A" } }]);
    expect(openBesideRepeats(await stored())).toEqual([]);
  });

  it("stops keeping what never ends", async () => {
    for (let round = 0; round < 55; round++) await showCodes("processing", codes(`${round}`));
    expect(await conflictsOf()).toHaveLength(50);
    expect(await plain()).toEqual([["0"]]);
  });

  it("can still be compared by value when its sealing key is gone", async () => {
    await showCodes("processing", codes("A"));
    const index = ctx.sealer.blindIndex;
    const renewed = testSealer("t2");
    const sealer = { ...renewed, blindIndex: index };
    await showCodes("processing", codes("A"), { ...ctx, sealer });
    expect(openBesideRepeats(await stored())).toEqual([]);
  });

  it("waits for the data key in use before anything is sealed, and stores nothing without it", async () => {
    let asked = false;
    const seal: typeof ctx.sealer.seal = (...given) => {
      expect(asked).toBe(true);
      return ctx.sealer.seal(...given);
    };
    const ready = async () => {
      asked = true;
    };
    await showCodes("processing", codes("A"), { ...ctx, sealer: { ...ctx.sealer, ready, seal } });
    expect(await plain()).toEqual([["A"]]);
    const locked = { ...ctx.sealer, ready: () => Promise.reject(new Error("a key is missing")) };
    await expect(
      showCodes("processing", codes("A", "B"), { ...ctx, sealer: locked }),
    ).rejects.toThrow("a key is missing");
    expect(await plain()).toEqual([["A"]]);
  });

  it.each([
    "update code_conflicts set mask = ''",
    "delete from code_conflicts",
    "truncate code_conflicts",
  ])("loses it by no statement: %s", async (statement) => {
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow("neither changed nor removed");
  });
});

describe("an order that ended without success", () => {
  it.each(["cancelled", "failed"] as const)(
    "%s: its codes are stored and withheld",
    async (state) => {
      await showCodes(state, codes("A", "B"));
      const order = await stored();
      expect(order.items[0]?.codes).toMatchObject([{ state: "withheld" }, { state: "withheld" }]);
      const bad = state === "failed" ? "order_failed" : "cancelled_after_payment";
      expect(openBesideRepeats(order)).toEqual(["codes_withheld", bad].sort());
      expect(order).toMatchObject({ status: state, nextPollAt: null });
    },
  );

  it("withholds also the codes that were there before", async () => {
    await showCodes("processing", codes("A"));
    expect((await stored()).items[0]?.codes).toMatchObject([{ state: "available" }]);
    await showCodes("failed", []);
    const order = await stored();
    expect(order.items[0]?.codes).toMatchObject([{ state: "withheld" }]);
    expect(openBesideRepeats(order)).toEqual(["codes_withheld", "order_failed"]);
  });

  it("withholds what a late `completed` shows", async () => {
    await showCodes("cancelled", []);
    await showCodes("completed", codes("A", "B"));
    const order = await stored();
    expect(order.status).toBe("cancelled");
    expect(order.items[0]?.codes).toMatchObject([{ state: "withheld" }, { state: "withheld" }]);
    expect(timelineKinds(order)).toContain("backward_ignored");
  });
});

describe("an order whose money came back", () => {
  it("withholds its codes, is told of once, and stays so", async () => {
    await showCodes("completed", codes("A", "B"));
    const { chargedTotal } = await stored();
    clock.advance(3 * 86_400_000);
    const refunded = { word: "refunded", totalPrice: "0" };
    await Promise.all([1, 2, 3].map(() => show("refunded", refunded)));
    const order = await stored();
    expect(order).toMatchObject({ status: "refunded", nextPollAt: null, chargedTotal });
    expect(order.items[0]?.codes).toMatchObject([{ state: "withheld" }, { state: "withheld" }]);
    expect(openBesideRepeats(order)).toEqual(["codes_withheld", "order_refunded"]);
    await showCodes("completed", codes("A", "B", "C"));
    const after = await stored();
    expect(after.status).toBe("refunded");
    expect(after.items[0]?.codes.map(({ state }) => state)).toEqual(Array(3).fill("withheld"));
    const told = await db.outboundEvent.findMany({
      where: { orderId, type: { in: ["order.completed", "order.refunded"] } },
      orderBy: { sequence: "asc" },
    });
    expect(told.map(({ type }) => type)).toEqual(["order.completed", "order.refunded"]);
  });

  it("says how many of them a customer has", async () => {
    await showCodes("completed", codes("A", "B"));
    const [code] = (await stored()).items[0]?.codes ?? [];
    const handOutId = await createHandOut(db, "shop-1");
    await db.code.updateMany({
      where: { id: code?.id ?? "" },
      data: { state: "handed_out", customerRef: "shop-1", handOutId },
    });
    await show("refunded", {});
    const order = await stored();
    expect(order.items[0]?.codes).toMatchObject([{ state: "handed_out" }, { state: "withheld" }]);
    const signals = await db.systemSignal.findMany({ where: { subject: orderId } });
    expect(signals).toMatchObject([{ key: "handed_out_of_failed_order", data: { codes: 1 } }]);
  });
});

describe("an item in error", () => {
  it("says so, and says no more once its codes came", async () => {
    const wrong = supplierItem({ error: "delayed at the source" });
    await show("processing", { items: [wrong] });
    expect((await stored()).items[0]?.error).toBe("delayed at the source");
    await showCodes("completed", codes("A", "B"));
    expect(await stored()).toMatchObject({ status: "completed", items: [{ error: null }] });
  });

  it("makes the order partial, with nothing more to wait for", async () => {
    await show("completed", { items: [supplierItem({ error: "withdrawn", codes: codes("A") })] });
    expect(await stored()).toMatchObject({
      status: "partial",
      nextPollAt: null,
      items: [{ error: "withdrawn" }],
    });
    expect(await plain()).toEqual([["A"]]);
  });
});

describe("a code that another order has too (I5)", () => {
  it("is stored, and said at the order that got it second, with the first", async () => {
    const [one, two] = [ctx.newId(), ctx.newId()];
    await showCodes("completed", codes(one, two));
    const first = await stored();
    expect(openSignals(first)).toEqual([]);
    const { order } = await createOrder(db, ctx.account.id, {}, { quantity: 2 });
    orderId = order.id;
    supplierOrderId = order.supplierOrderId ?? "";
    await showCodes("completed", codes(two, ctx.newId()));
    const second = await stored();
    expect(second.signals).toMatchObject([
      { key: "code_repeated", data: { count: 1, orderId: first.id }, clearedAt: null },
    ]);
    expect(timelineKinds(second)).toContain("signal_opened");
    expect((await plain())[0]?.[0]).toBe(two);
    // Nothing of it says the code.
    expect(JSON.stringify(second)).not.toContain(two);
  });

  it("is said once, however often the answer comes again", async () => {
    const value = ctx.newId();
    await showCodes("completed", codes(value, value));
    const once = await stored();
    expect(openSignals(once)).toEqual(["code_repeated"]);
    await showCodes("completed", codes(value, value));
    expect((await stored()).signals).toEqual(once.signals);
  });
});
