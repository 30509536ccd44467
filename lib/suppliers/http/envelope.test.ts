import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { unwrapList, unwrapOne } from "./envelope.ts";

describe("one thing", () => {
  const order = { id: "o-1" };
  test.each<[string, Json]>([
    ["bare", order],
    ["in `order`", { order }],
    ["in `data`", { ok: true, data: order }],
    ["in `item`", { item: order }],
    ["in `result`", { success: true, message: "created", result: order }],
    ["in the most telling of two", { data: { id: "else" }, order }],
  ])("%s", (_, answer) => {
    expect(unwrapOne(answer, "order")).toEqual(order);
  });

  test.each<[string, Json]>([
    ["has an id of its own", { id: 7, order }],
    ["is a list", [order]],
    ["is in a list", { data: [order] }],
    ["is two envelopes down", { data: { order } }],
    ["comes with an error", { error: "no", order }],
    ["comes with a no", { success: false, data: order }],
    ["is of another kind", { product: order }],
    ["is a text", "o-1"],
  ])("is not taken out where it %s", (_, answer) => {
    expect(unwrapOne(answer, "order")).not.toEqual(order);
  });
});

describe("a list", () => {
  const rows = [{ id: "o-1" }];
  test.each<[string, Json, Json]>([
    ["bare", rows, {}],
    ["in `items`", { items: rows, total: 1 }, { total: 1 }],
    ["in `orders`", { orders: rows, nextCursor: "n" }, { nextCursor: "n" }],
    ["in `data`", { data: rows }, {}],
    ["in `results`", { results: rows }, {}],
    ["in `data.items`", { data: { items: rows, total: 2 }, ok: true }, { total: 2, ok: true }],
    ["in `data.orders`, told beside it", { data: { orders: rows }, total: 3 }, { total: 3 }],
  ])("%s", (_, answer, envelope) => {
    const list = unwrapList(answer);
    expect(list?.rows).toEqual(rows);
    expect(list?.envelope).toMatchObject(envelope as object);
  });

  test.each<[string, Json]>([
    ["one order with its items", { id: "o-1", items: rows }],
    ["one order in `data`", { data: { id: "o-1", items: rows } }],
    ["an object of rows", { items: { first: rows } }],
    ["text", "[]"],
    ["nothing", null],
  ])("is not %s", (_, answer) => {
    expect(unwrapList(answer)).toBeNull();
  });
});
