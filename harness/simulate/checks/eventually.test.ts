import { expect, it } from "vitest";
import { sealCode, sealConflict } from "#lib/codes/code-seal.ts";
import { testSealer } from "#prisma/factories.ts";
import type { ShopOrder } from "../shop.ts";
import type { Sent } from "../truth.ts";
import { type End, type EndCode, type EndOrder, type Judging, judgeEnd } from "./eventually.ts";

const MINUTE = 60_000;
const sealer = testSealer();
const ITEM = "item-1";

const there: ShopOrder = {
  id: "s1",
  createdAt: 0,
  paidTimes: 1,
  status: "completed",
  since: new Date(0),
  isMock: false,
  items: [{ productId: "steam", quantity: 2 }],
};

const ENDS: Record<string, string> = { partial: "partial", cancelled: "cancelled" };

/** Told of as it should be. */
const toldOf = (status: string): EndOrder["told"] => [
  { type: "order.created", sequence: 1, deliveries: 1, endpoints: 1 },
  ...(["submitting", "unconfirmed", "awaiting_payment", "paid", "processing"].includes(status)
    ? []
    : [
        {
          type: `order.${status === "completed" ? status : (ENDS[status] ?? "failed")}`,
          ...{ sequence: 2, deliveries: 2, endpoints: 2 },
        },
      ]),
];

const order = (facts: Partial<EndOrder> = {}): EndOrder => ({
  id: "o1",
  status: "completed",
  isMock: false,
  told: toldOf(facts.status ?? "completed"),
  fingerprint: "f",
  supplierOrderId: "s1",
  signals: [],
  ...facts,
});

function code(position: number, value: string, later: string[] = []): EndCode {
  const id = `c${position}`;
  const source = { orderId: "o1", itemId: ITEM };
  const place = { codeId: id, source, position };
  return {
    id,
    orderId: "o1",
    itemId: ITEM,
    item: 0,
    position,
    sealed: sealCode(sealer, place, { value, raw: value }),
    state: "available",
    conflicts: later.map((other, at) => {
      const conflictId = `${id}-${at}`;
      return {
        id: conflictId,
        sealed: sealConflict(sealer, { conflictId, codeId: id }, { value: other, raw: other }),
      };
    }),
  };
}

const ours = { id: "s1", attribution: "ours", orderId: "o1", fingerprint: "f", alertedAt: null };

const end = (facts: Partial<End> = {}): End => ({
  orders: [order()],
  codes: [code(0, "A"), code(1, "B")],
  supplierOrders: [ours],
  openAttempts: [],
  gates: [],
  ...facts,
});

const shows = (...values: string[][]) => ({
  shown: new Map(
    values.map((all, at) => [`s1/0/${at}`, new Set(all.map((value) => JSON.stringify(value)))]),
  ),
  answered: new Set(values.map((_, at) => `s1/0/${at}`)),
});

const world = (facts: Partial<Judging> = {}): Judging => ({
  plan: { account: { settlingMs: MINUTE }, traits: "polled", breaks: null },
  shop: { orders: () => [there], codesOf: () => ["A", "B"] },
  truth: { ...shows(["A"], ["B"]), makers: new Map() },
  sealer,
  indexOf: new Map([["o1", 0]]),
  ...facts,
});

it("has nothing against an order that got what was delivered", async () => {
  expect(await judgeEnd(world(), end())).toEqual([]);
});

it("misses a code, and sees one that nobody delivered", async () => {
  expect(await judgeEnd(world(), end({ codes: [code(0, "A")] }))).toEqual([
    "I5: order 0 (completed) lacks code 0/1",
  ]);
  expect(await judgeEnd(world(), end({ codes: [code(0, "A"), code(1, "X")] }))).toEqual([
    "I6: order 0 (completed) stores what was never shown at 0/1",
  ]);
});

it("lets nobody wait for codes of a supplier that has none", async () => {
  const orders = [order({ signals: ["codes_short"] })];
  const plan = { ...world().plan, traits: "no_codes" as const };
  const shop = { ...world().shop, codesOf: () => [] };
  expect(await judgeEnd(world({ plan, shop }), end({ orders, codes: [] }))).toEqual([
    "I20: order 0 (completed) waits for codes of a supplier that has none",
  ]);
  expect(await judgeEnd(world({ plan, shop }), end({ codes: [] }))).toEqual([]);
});

it("takes what was shown first where the supplier told it differently, if the rest is kept beside it", async () => {
  const truth = { ...shows(["A"], ["B", "other"]), makers: new Map() };
  expect(
    await judgeEnd(world({ truth }), end({ codes: [code(0, "A"), code(1, "other", ["B"])] })),
  ).toEqual([]);
});

it.each(["cancelled", "failed", "rejected"])(
  "holds a %s order to keeping its codes",
  async (status) => {
    const supplierOrders = [ours];
    expect(await judgeEnd(world(), end({ orders: [order({ status })], supplierOrders }))).toEqual([
      `I19: order 0 (${status}) hands out 2 codes`,
    ]);
    const codes = end().codes.map((one) => ({ ...one, state: "withheld" as const }));
    expect(await judgeEnd(world(), end({ orders: [order({ status })], codes }))).toEqual([]);
  },
);

it("lets an order wait for a person, and for nobody else", async () => {
  const waiting = (facts: Partial<EndOrder>, waitsFor: string | null = null) =>
    judgeEnd(
      world(),
      end({
        orders: [order({ supplierOrderId: null, ...facts })],
        codes: [],
        gates: [{ fingerprint: "f", waitsFor }],
      }),
    );
  expect(await waiting({ status: "unconfirmed" }, "person")).toEqual([]);
  expect(await waiting({ status: "submitting", signals: ["waits_for_twin"] }, "person")).toEqual(
    [],
  );
  expect(await waiting({ status: "unconfirmed" }, "settling")).toHaveLength(1);
  expect(await waiting({ status: "submitting" }, "person")).toHaveLength(1);
  expect(await waiting({ status: "processing" })).toHaveLength(1);
  expect(await waiting({ status: "awaiting_payment", signals: ["pay_refused"] })).toEqual([]);
});

it("asks after every supplier order", async () => {
  const nobodys = { ...ours, attribution: null, orderId: null };
  expect(await judgeEnd(world(), end({ supplierOrders: [] }))).toEqual([
    "I16: supplier order s1 is unknown here",
  ]);
  expect(await judgeEnd(world(), end({ supplierOrders: [nobodys] }))).toEqual([
    "I16: supplier order s1 is nobody's, and nobody is told",
  ]);
  expect(await judgeEnd(world(), end({ supplierOrders: [{ ...nobodys, alertedAt: 1 }] }))).toEqual(
    [],
  );
  expect(
    await judgeEnd(world(), end({ supplierOrders: [{ ...ours, attribution: "orphan" }] })),
  ).toEqual(["I16: supplier order s1 is paid, and taken for an unpaid leftover"]);
});

it("wants to be told in time of what landed beyond the settling time", async () => {
  const sent: Sent = {
    orderId: "o1",
    process: "w",
    sentAt: 0,
    supplierOrderId: "s1",
    landedAt: 3 * MINUTE,
  };
  const truth = { ...shows(["A"], ["B"]), makers: new Map([["s1", sent]]) };
  const nobodys = { ...ours, attribution: null, orderId: null };
  const toldAt = (alertedAt: number) =>
    judgeEnd(world({ truth }), end({ supplierOrders: [{ ...nobodys, alertedAt }] }));
  expect(await toldAt(8 * MINUTE)).toEqual([]);
  expect(await toldAt(8 * MINUTE + 1)).toHaveLength(1);
});

it("wants an answer to every create", async () => {
  const openAttempts = [{ orderId: "o1", kind: "create", status: "completed" }];
  expect(await judgeEnd(world(), end({ openAttempts }))).toEqual([
    "I20: a create of a completed order was never accounted for",
  ]);
});
