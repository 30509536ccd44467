import { describe, expect, test } from "vitest";
import type { News } from "../inbound.ts";
import type { SignedWebhookInput } from "./config.ts";
import { configured, KEY } from "./mapped.fixture.ts";
import { newsReader } from "./read-news.ts";
import { orderReader } from "./read-order.ts";

const READ = { tells: "all" } as const;
const UNREAD = { tells: "all", paths: {} } as const;
const HINTS = { tells: "hint" } as const;

function read(message: unknown, more: Partial<SignedWebhookInput> = READ): News {
  const config = configured(more);
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return newsReader(config, orderReader(config, [KEY]))(Buffer.from(text));
}

const ORDER = {
  order_id: "o-1",
  reference: "ref-1",
  items: [{ sku: "card-10", quantity: 1, codes: [{ code: "AAAA-1", pin: "4711" }] }],
};
const about = (event: string, data: object = {}) => ({
  event,
  event_id: "e-1",
  timestamp: "2026-03-01T12:00:00Z",
  data: { ...ORDER, ...data },
  signature: "which can't cover itself",
});

describe("an order", () => {
  test("as the common guide tells it", () => {
    expect(read(about("order.fulfilled", { status: "fulfilled" }))).toMatchObject({
      kind: "order",
      event: "order.fulfilled",
      eventId: "e-1",
      reference: "ref-1",
      supplierOrderId: "o-1",
      at: new Date("2026-03-01T12:00:00Z"),
      status: "fulfilled",
      order: { state: "completed", items: [{ codes: [{ value: "AAAA-1" }] }] },
    });
  });

  test("is a hint where the account says so", () => {
    const news = read(about("order.fulfilled", { status: "fulfilled" }), HINTS);
    expect(news).toMatchObject({ kind: "order", supplierOrderId: "o-1", order: null });
    expect(JSON.stringify(news)).not.toContain("AAAA-1");
  });

  test.each([
    ["order.created", "processing"],
    ["order.fulfilled", "completed"],
    ["order.failed", "failed"],
    ["order.cancelled", "cancelled"],
    ["order.refunded", "refunded"],
  ])("%s without a status says %s", (event, state) => {
    expect(read(about(event))).toMatchObject({ order: { state, word: event }, status: null });
  });

  test("its clock starts with its creation", () => {
    const at = new Date("2026-03-01T12:00:00Z");
    expect(read(about("order.created"))).toMatchObject({ order: { createdAt: at } });
    expect(read(about("order.fulfilled"))).toMatchObject({ order: { createdAt: null } });
  });

  test.each([
    ["order.refunded", "fulfilled", "refunded"],
    ["order.refunded", "failed", "refunded"],
    ["order.fulfilled", "refunded", "refunded"],
    ["order.updated", "failed", "failed"],
    ["order.created", "fulfilled", "completed"],
    // Nobody knows what these say, whatever the event.
    ["order.fulfilled", "on_hold", "unknown"],
    ["order.refunded", "on_hold", "unknown"],
  ])("%s with status %s is %s", (event, status, state) => {
    expect(read(about(event, { status }))).toMatchObject({ status, order: { state } });
  });

  test.each([
    ["order.fulfilled", "failed"],
    ["order.failed", "processing"],
    ["order.cancelled", "fulfilled"],
  ])("%s with status %s says nothing sure", (event, status) => {
    expect(read(about(event, { status }))).toMatchObject({ kind: "order", order: null });
    expect(read(about(event, { status }), UNREAD).kind).toBe("unreadable");
  });

  test("fulfilled without a code is read, where it can be", () => {
    const bare = about("order.fulfilled", { items: [] });
    expect(read(bare)).toMatchObject({ kind: "order", order: null });
    expect(read(bare, UNREAD)).toMatchObject({ order: { state: "completed" } });
  });

  test("of an event that nobody knows is a hint, or kept for a person", () => {
    expect(read(about("order.blessed"))).toMatchObject({ kind: "order", order: null });
    expect(read(about("order.blessed"), UNREAD).kind).toBe("unreadable");
    const more = { ...UNREAD, events: { "Order.Blessed": "fulfilled" } } as const;
    expect(read(about("order.blessed"), more)).toMatchObject({ order: { state: "completed" } });
  });

  test("known by our reference alone is a hint", () => {
    const news = read(about("order.fulfilled", { order_id: null }));
    expect(news).toMatchObject({ kind: "order", reference: "ref-1", supplierOrderId: null });
    expect(news).toMatchObject({ order: null });
  });

  test("under names and at places of its own", () => {
    const flat = { type: "done", id: "o-7", ref: "ref-7", state: "ok", at: 1_772_366_400 };
    const more = {
      paths: {},
      tells: "all",
      message: { event: "type", at: "at", data: null },
      fields: { reference: "ref", status: "state" },
      events: { done: "status" },
      statuses: { ok: "completed" },
    } as const;
    expect(read(flat, more)).toMatchObject({
      kind: "order",
      eventId: null,
      reference: "ref-7",
      at: new Date(1_772_366_400_000),
      order: { supplierOrderId: "o-7", state: "completed" },
    });
  });
});

test("a low balance", () => {
  const data = { balance: 12.5, currency: "usd" };
  expect(read({ event: "balance.low", data })).toEqual({
    kind: "balance",
    event: "balance.low",
    eventId: null,
    at: null,
    currency: "USD",
    available: "12.5",
  });
  expect(read({ event: "balance.low" })).toMatchObject({ kind: "balance", available: null });
});

test.each(["webhook.test", "ping", "product.updated"])("%s: nothing follows", (event) => {
  expect(read({ event, event_id: 7, data: {} })).toEqual({ kind: "nothing", event, eventId: "7" });
});

test.each([
  ["no JSON", "{", "the answer is not complete JSON"],
  ["no object", "[]", "the message is no object"],
  ["no event", { data: ORDER }, "the message names no event"],
  ["no order", { event: "order.fulfilled", data: {} }, "the message names no order"],
])("%s", (_, message, why) => {
  expect(read(message)).toEqual({ kind: "unreadable", why });
});
