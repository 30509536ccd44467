import { describe, expect, it } from "vitest";
import { readCreatedOrder, readOrder } from "./read-answers.ts";

describe("the answer to a create", () => {
  it.each([
    ["the whole order", { id: "a1", status: "active", items: [] }],
    ["an order that is wrapped", { order: { id: "a1", status: "active", items: [] } }],
    ["little more than its id", { id: "a1", status: "active" }],
    ["its id alone", { id: "a1" }],
  ])("is an order where it shows %s", (_, answer) => {
    expect(readCreatedOrder(answer, "key")).toMatchObject({
      ok: true,
      value: { supplierOrderId: "a1" },
    });
  });

  it.each([
    ["a status that is no text", { id: 7, status: 7, items: [] }],
    ["items that are no list", { id: "a1", status: "active", items: "something else" }],
    ["either, wrapped", { data: { id: "a1", status: ["active"] } }],
    ["no id", { status: "active", items: [] }],
    ["no object", ["a1"]],
  ])("is none where it shows %s: whether the id is one can't be told either", (_, answer) => {
    expect(readCreatedOrder(answer, "key")).toMatchObject({ ok: false });
  });
});

it("a look at an order that is known by its id may show anything else wrong", () => {
  const answer = { id: "a1", status: 7, items: "something else" };
  expect(readOrder(answer, "a1", "key")).toMatchObject({ ok: true, value: { state: "unknown" } });
});
