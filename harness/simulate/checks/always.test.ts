import { expect, it } from "vitest";
import type { OrderPlan } from "../plan.ts";
import type { ShopOrder } from "../shop.ts";
import { nothingStanding, type Standing, type StandingOrder } from "../standing.ts";
import { basketKeyOf } from "../truth.ts";
import { compareStandings, type Purchasing, purchases } from "./always.ts";

const order = (id: string, facts: Partial<StandingOrder> = {}): StandingOrder => ({
  id,
  clientRef: `form-1-${id}`,
  status: "processing",
  supplierOrderId: null,
  codes: 0,
  isWithPerson: false,
  ...facts,
});

const standing = (...orders: StandingOrder[]): Standing => ({
  ...nothingStanding(),
  orders: new Map(orders.map((one) => [one.id, one])),
});

const after = (before: Partial<StandingOrder>, now: Partial<StandingOrder>) =>
  compareStandings(standing(order("a", before)), standing(order("a", now)));

it("has nothing against an order that moves on", () => {
  const steps = [
    "submitting",
    "unconfirmed",
    "submitting",
    "awaiting_payment",
    "paid",
    "processing",
  ];
  for (const [index, status] of steps.slice(1).entries()) {
    expect(after({ status: steps[index] ?? "" }, { status })).toEqual([]);
  }
  expect(after({ status: "partial" }, { status: "completed" })).toEqual([]);
});

it.each([
  ["processing", "paid"],
  ["paid", "awaiting_payment"],
  ["awaiting_payment", "unconfirmed"],
  ["completed", "processing"],
  ["completed", "partial"],
])("sees %s become %s", (before, now) => {
  expect(after({ status: before }, { status: now })).toContainEqual(expect.stringContaining("I7"));
});

it("sees one end become another", () => {
  expect(after({ status: "failed" }, { status: "completed" })).toEqual([
    "I7: order a was failed, which is final, and became completed",
  ]);
});

it("sees codes vanish", () => {
  expect(after({ codes: 3 }, { codes: 2 })).toEqual(["I5: order a lost stored codes"]);
  expect(after({ codes: 2 }, { codes: 3 })).toEqual([]);
});

it("sees a supplier order change hands, or belong to two, in whatever case", () => {
  expect(after({ supplierOrderId: "x" }, { supplierOrderId: "y" })).toHaveLength(1);
  const two = standing(order("a", { supplierOrderId: "x" }), order("b", { supplierOrderId: "X" }));
  expect(compareStandings(nothingStanding(), two)).toEqual([
    "I2: supplier order X belongs to a and b",
  ]);
});

const bought = (id: string, facts: Partial<ShopOrder> = {}): ShopOrder => ({
  id,
  createdAt: 0,
  paidTimes: 1,
  status: "completed",
  since: new Date(0),
  isMock: false,
  items: [{ productId: "steam", quantity: 1 }],
  ...facts,
});

function world(intents: number, orders: ShopOrder[], facts: Partial<Purchasing> = {}): Purchasing {
  const planned = Array.from({ length: intents }, (_, index) => ({ index }) as OrderPlan);
  return {
    plan: { orders: planned, breaks: null },
    shop: { orders: () => orders },
    truth: { foreign: new Set() },
    basketOf: () => basketKeyOf(bought("any")),
    ...facts,
  };
}

it("counts what was paid against what was asked for", () => {
  expect(purchases(world(1, [bought("x"), bought("y", { paidTimes: 0 })]))).toEqual([]);
  expect(purchases(world(2, [bought("x"), bought("y")]))).toEqual([]);
  expect(purchases(world(1, [bought("x"), bought("y")]))).toEqual([
    "I1: 2 supplier orders paid for 1 intents: x, y",
  ]);
});

it("tells baskets apart, and leaves mocks and what others bought out", () => {
  const other = bought("y", { items: [{ productId: "steam", quantity: 2 }] });
  expect(purchases(world(1, [bought("x"), bought("m", { isMock: true })]))).toEqual([]);
  expect(purchases(world(1, [bought("x"), other]))).toHaveLength(1);
  const truth = { foreign: new Set(["y"]) };
  expect(purchases(world(1, [bought("x"), bought("y")], { truth }))).toEqual([]);
});

it("forgives a second purchase only where Keyhold's assumptions don't hold, and never one paid twice", () => {
  const plan = { orders: [], breaks: "landing" as const };
  expect(purchases(world(1, [bought("x"), bought("y")], { plan }))).toEqual([]);
  expect(purchases(world(1, [bought("x", { paidTimes: 2 })], { plan }))).toEqual([
    "I1: supplier order x was paid twice",
  ]);
});
