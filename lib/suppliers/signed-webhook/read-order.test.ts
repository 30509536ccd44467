import { describe, expect, test } from "vitest";
import { partsOf } from "#lib/codes/code-parts.ts";
import { KEY, mapped, readerOf } from "./mapped.fixture.ts";

const ORDER = { order_id: "o-1", reference: "ref-1", status: "fulfilled" };

describe("where the order stands in an answer", () => {
  test.each([
    ["bare", ORDER],
    ["in `data`", { ok: true, data: ORDER }],
    ["in `order`", { order: ORDER, error: null }],
    ["in `result`", { result: ORDER }],
  ])("%s", (_, answer) => {
    expect(mapped(answer)).toMatchObject({
      reference: "ref-1",
      order: { supplierOrderId: "o-1", state: "completed", word: "fulfilled", items: [] },
    });
  });

  test("at a path of its own, and nowhere else", () => {
    const more = { fields: { order: "payload.order" } };
    expect(mapped({ payload: { order: ORDER } }, more).reference).toBe("ref-1");
    expect(readerOf(more).inAnswer({ order: ORDER })).toBeNull();
  });

  test.each([
    ["an error beside it", { error: { code: "x" }, data: ORDER }],
    ["ok: false", { ok: false, data: ORDER }],
    ["no id", { ...ORDER, order_id: null }],
    ["an id that can't be one", { ...ORDER, order_id: { a: 1 } }],
    ["a list", [ORDER]],
    ["items that are no list", { ...ORDER, items: "many" }],
  ])("not with %s", (_, answer) => {
    expect(readerOf().inAnswer(JSON.parse(JSON.stringify(answer)))).toBeNull();
  });

  test("an order may speak of an error of its own", () => {
    expect(mapped({ ...ORDER, status: "failed", error: "sold out" }).order.state).toBe("failed");
  });
});

describe("words", () => {
  test("of the supplier's own come on top, in any case", () => {
    const more = { statuses: { "Wird Geliefert": "processing", fulfilled: "processing" } as const };
    const state = (status: string) => mapped({ ...ORDER, status }, more).order.state;
    expect(state("wird geliefert")).toBe("processing");
    expect(state("FULFILLED ")).toBe("processing");
    expect(state("delivered")).toBe("completed");
    expect(state("lost at sea")).toBe("unknown");
  });
});

describe("codes", () => {
  const codesOf = (items: unknown[], more = {}) =>
    mapped({ ...ORDER, items }, more).order.items.map(({ codes }) => codes);

  test("with pins: the value is the code, and the rest is shown as what it is", () => {
    const entry = { code: "AAAA-1", pin: "4711", serial: "S-9" };
    const [codes] = codesOf([{ sku: "card-10", quantity: 1, codes: [entry] }]);
    expect(codes).toEqual([{ position: 0, value: "AAAA-1", raw: entry }]);
    expect(partsOf("AAAA-1", entry)).toMatchObject({ code: "AAAA-1", pin: "4711", serial: "S-9" });
  });

  test("one for each item of the same product", () => {
    const items = [
      { sku: "card-10", code: "AAAA-1", pin: "4711" },
      { sku: "card-10" },
      { sku: "card-10", code: "AAAA-3", link: "https://x.example/3" },
    ];
    expect(mapped({ ...ORDER, items }).order.items).toMatchObject([
      { productId: "card-10", quantity: 1, codes: [{ value: "AAAA-1" }] },
      { productId: "card-10", quantity: 1, codes: [] },
      { quantity: 1, codes: [{ raw: { code: "AAAA-3", link: "https://x.example/3" } }] },
    ]);
  });

  test("under other names are kept under those that are known", () => {
    const more = { fields: { codes: "cards", code: "number", pin: "secret", serial: "no" } };
    const [codes] = codesOf(
      [{ sku: "a", cards: [{ number: "AAAA-1", secret: 4711, x: 1 }] }],
      more,
    );
    expect(codes).toEqual([
      { position: 0, value: "AAAA-1", raw: { code: "AAAA-1", pin: 4711, x: 1 } },
    ]);
  });

  test("deeper down, as words, as one, or blank: each keeps its place", () => {
    const more = { fields: { codes: "delivery.cards", code: "card.number" } };
    const deep = [{ delivery: { cards: [{ card: { number: "A-1" } }, null, "A-3", { odd: 1 }] } }];
    expect(codesOf(deep, more)[0]).toMatchObject([
      { position: 0, value: "A-1", raw: { card: { number: "A-1" } } },
      { position: 2, value: "A-3" },
      { position: 3, value: '{"odd":1}' },
    ]);
    expect(codesOf([{ codes: "A-1" }, { codes: [] }, { codes: "" }, 7])).toMatchObject([
      [{ value: "A-1" }],
      [],
      [],
      [],
    ]);
  });

  test("never show where they are repeated, nor what stands beside them, nor the key", () => {
    const items = [
      { sku: "a", codes: [{ code: "AAAA-1", link: "https://x.example/AAAA" }], error: "AAAA-1?" },
    ];
    const { order } = mapped({
      ...ORDER,
      items,
      reason: `see https://x.example/AAAA with ${KEY}`,
      voucher: "BBBB-2",
      total: "9.50",
    });
    const { items: told, ...rest } = order;
    const shown = JSON.stringify([rest, told.map(({ codes: _, ...item }) => item)]);
    for (const secret of ["AAAA-1", "https://x.example", KEY, "BBBB-2"]) {
      expect(shown).not.toContain(secret);
    }
    expect(order.redacted).toMatchObject({ order_id: "o-1", reference: "ref-1", total: "9.50" });
  });
});

test("money, times and mock orders as they are told", () => {
  const told = { ...ORDER, total: 9.5, currency: "usd", test: true, created_at: "2026-03-01" };
  expect(mapped(told).order).toMatchObject({
    totalPrice: "9.5",
    currency: "USD",
    isMock: true,
    isPriceUnclear: false,
    createdAt: new Date("2026-03-01T00:00:00Z"),
  });
  expect(mapped({ ...ORDER, total: "about 9" }).order).toMatchObject({
    totalPrice: null,
    isPriceUnclear: true,
  });
  expect(mapped(ORDER).order).toMatchObject({ isMock: null, isPriceUnclear: false });
});
