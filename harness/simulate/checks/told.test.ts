import { expect, it } from "vitest";
import { type EndEvent, judgeTold } from "./told.ts";

const event = (type: string, sequence: number, facts: Partial<EndEvent> = {}): EndEvent => {
  const endpoints = /created|paid|processing/.test(type) ? 1 : type.startsWith("order.") ? 2 : 0;
  return { type, sequence, endpoints, deliveries: Math.max(1, endpoints), ...facts };
};
const CREATED = event("order.created", 1);
const told = (status: string, ...events: EndEvent[]) =>
  judgeTold("order 1", { status, isMock: false, told: [CREATED, ...events] });

it("has nothing against orders that were told of as they went", () => {
  expect(told("submitting")).toEqual([]);
  expect(told("rejected", event("order.failed", 2))).toEqual([]);
  expect(
    told(
      "completed",
      event("alert.opened", 2),
      event("order.partial", 3),
      event("order.completed", 4),
    ),
  ).toEqual([]);
  const mock = [
    event("order.created", 1, { endpoints: 0 }),
    event("order.failed", 2, { endpoints: 1, deliveries: 1 }),
  ];
  expect(judgeTold("order 1", { status: "failed", isMock: true, told: mock })).toEqual([]);
});

it.each<[string, string, EndEvent[]]>([
  ["I8: order 1 was told of 0 times as order.completed", "completed", []],
  [
    "I8: order 1 was told of 2 times as order.completed",
    "completed",
    [event("order.completed", 2), event("order.completed", 3)],
  ],
  [
    "I8: order 1 was told of as order.failed",
    "completed",
    [event("order.completed", 2), event("order.failed", 3)],
  ],
  ["I8: order 1: order.failed is number 3", "failed", [event("order.failed", 3)]],
  [
    "I10: order 1: order.failed has no delivery",
    "failed",
    [event("order.failed", 2, { deliveries: 0, endpoints: 0 })],
  ],
  [
    "I8: order 1: order.failed goes to 1 endpoints of 2",
    "failed",
    [event("order.failed", 2, { deliveries: 1, endpoints: 1 })],
  ],
  [
    "I8: order 1: order.failed goes to 2 endpoints of 2",
    "failed",
    [event("order.failed", 2, { deliveries: 3 })],
  ],
])("sees: %s", (problem, status, events) => {
  expect(told(status, ...events)).toEqual([problem]);
});

it("sees an order of whose placing nobody heard", () => {
  expect(judgeTold("order 1", { status: "submitting", isMock: false, told: [] })).toEqual([
    "I8: order 1 was not told of as placed",
  ]);
});
