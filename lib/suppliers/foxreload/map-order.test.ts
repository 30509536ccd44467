import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { mapOrder } from "./map-order.ts";

const KEY = "key-1234567890";
const order = (answer: Json) => mapOrder(answer, KEY);

describe("mapOrder", () => {
  test("reads a completed order", () => {
    const answer: Json = {
      id: "0190d2c4-0000-7000-8000-000000000001",
      status: "completed",
      cancelReason: null,
      totalPrice: "12.5000",
      currency: "usd",
      createdAt: "2026-03-01T12:00:00.123456",
      paymentExpiresAt: "2026-03-01T17:45:00+05:30",
      items: [
        {
          product: { id: "product_a" },
          quantity: 2,
          error: null,
          externalData: ["AAAA-1111", { code: "BBBB-2222", pin: "77" }],
        },
        { itemId: "product_b", quantity: "1", error: "Upstream said no", externalData: null },
      ],
    };
    expect(order(answer)).toMatchObject({
      supplierOrderId: "0190d2c4-0000-7000-8000-000000000001",
      state: "completed",
      word: "completed",
      cancelReason: null,
      totalPrice: "12.5000",
      currency: "USD",
      createdAt: new Date("2026-03-01T12:00:00.123Z"),
      paymentExpiresAt: new Date("2026-03-01T12:15:00Z"),
      items: [
        {
          productId: "product_a",
          quantity: 2,
          error: null,
          codes: [
            { position: 0, value: "AAAA-1111", raw: "AAAA-1111" },
            { position: 1, value: "BBBB-2222", raw: { code: "BBBB-2222", pin: "77" } },
          ],
        },
        { productId: "product_b", quantity: 1, error: "Upstream said no", codes: [] },
      ],
    });
  });

  test.each([
    ["active", "awaiting_payment"],
    ["paid", "paid"],
    ["processing", "processing"],
    ["completed", "completed"],
    ["cancelled", "cancelled"],
    ["failed", "failed"],
    ["COMPLETED", "completed"],
    [" paid ", "paid"],
    ["finished", "unknown"],
    ["refunded", "unknown"],
    ["canceled", "unknown"],
    ["constructor", "unknown"],
    ["", "unknown"],
  ])("status %j is %s, and the word is kept", (status, state) => {
    expect(order({ id: "o", status })).toMatchObject({ state, word: status.trim() });
  });

  test.each<[Json, boolean]>([
    [{}, false],
    [{ totalPrice: null, total: null, currency: null }, false],
    [{ totalPrice: "1.50", currency: "usd" }, false],
    [{ totalPrice: "about 5", total: 5 }, false],
    [{ totalPrice: "about 5" }, true],
    [{ total: [5] }, true],
    [{ totalPrice: "" }, true],
    [{ totalPrice: "1.50", currency: "$" }, true],
    [{ totalPrice: "1.50", currency: 840 }, true],
  ])("of the price in %j can be said that it is unclear: %s", (price, isPriceUnclear) => {
    expect(order({ id: "o", ...(price as object) })).toMatchObject({ isPriceUnclear });
  });

  test("only the id is needed", () => {
    const empty = {
      state: "unknown",
      word: "",
      items: [],
      totalPrice: null,
      currency: null,
      createdAt: null,
    };
    expect(order({ id: 17 })).toMatchObject({ supplierOrderId: "17", ...empty });
    const wrong = {
      id: "o",
      status: {},
      items: "x",
      totalPrice: [],
      currency: 5,
      createdAt: "yesterday",
      cancelReason: {},
    };
    expect(order(wrong)).toMatchObject({ supplierOrderId: "o", ...empty, cancelReason: null });
  });

  test.each<[string, Json]>([
    ["missing", { status: "active" }],
    ["null", { id: null }],
    ["empty", { id: "" }],
    ["blank", { id: "  " }],
    ["with a line break", { id: "a\nb" }],
    ["too long", { id: "x".repeat(201) }],
    ["an object", { id: { id: "o" } }],
    ["half a character", { id: "\ud800" }],
    ["in a list", [{ id: "o" }]],
  ])("no order without an id: %s", (_, answer) => {
    expect(order(answer)).toBeNull();
  });

  test("items keep their order, whatever stands between them", () => {
    const items: Json = [
      null,
      { product: { id: "a" }, externalData: ["C1"] },
      "x",
      { productId: "b" },
    ];
    expect(order({ id: "o", items })?.items).toEqual([
      { productId: null, quantity: null, note: null, error: null, codes: [] },
      {
        productId: "a",
        quantity: null,
        note: null,
        error: null,
        codes: [{ position: 0, value: "C1", raw: "C1" }],
      },
      { productId: null, quantity: null, note: null, error: null, codes: [] },
      { productId: "b", quantity: null, note: null, error: null, codes: [] },
    ]);
  });

  test("an item error may be any shape", () => {
    const error = (said: Json) => order({ id: "o", items: [{ error: said }] })?.items[0]?.error;
    expect(error("no")).toBe("no");
    expect(error("")).toBeNull();
    expect(error(false)).toBeNull();
    expect(error({ message: "no" })).toBe("no");
    expect(error(["a", "b"])).toBe("a; b");
    expect(error({ reason: "x" })).toBe('{"reason":"x"}');
    expect(error("x".repeat(900))).toHaveLength(500);
  });

  test("text that staff see holds no code, no key and nothing a database refuses", () => {
    const answer: Json = {
      id: "o",
      status: "odd AAAA-1111",
      cancelReason: `because ${KEY}`,
      items: [{ externalData: ["AAAA-1111"], error: "AAAA-1111 failed\0\ud800 for AAAA-1111" }],
    };
    const seen = order(answer);
    expect(seen?.word).toBe("odd •••• (9 characters)");
    expect(seen?.cancelReason).toBe("because ••••");
    expect(seen?.items[0]?.error).toBe("•••• (9 characters) failed\uFFFD for •••• (9 characters)");
    expect(seen?.items[0]?.codes[0]?.value).toBe("AAAA-1111");
  });
});

describe("an order in an envelope", () => {
  const inner: Json = {
    id: "o-1",
    status: "paid",
    isMock: true,
    items: [{ quantity: 2, note: {} }],
  };

  test.each<[string, Json]>([
    ["order", { order: inner }],
    ["data", { data: inner }],
  ])("is read out of `%s`", (_, answer) => {
    expect(order(answer)).toEqual(order(inner));
  });

  test("has the codes of the envelope hidden too", () => {
    const answer: Json = {
      order: { id: "o-1", items: [{ error: "CODE-1234 is used up" }] },
      externalData: ["CODE-1234"],
    };
    expect(JSON.stringify(order(answer))).not.toContain("CODE-1234");
  });
});

test.each<[Json | undefined, boolean | null]>([
  [true, true],
  [false, false],
  [undefined, null],
  [null, null],
  ["true", null],
  [1, null],
])("isMock %j is %s", (isMock, expected) => {
  const answer: Json = isMock === undefined ? { id: "o" } : { id: "o", isMock };
  expect(order(answer)?.isMock).toBe(expected);
});

test("a note is shown as it is, and masked in what is kept of the answer", () => {
  const seen = order({
    id: "o",
    items: [{ note: { login: "asha", server: 3 } }, { note: null }, {}],
  });
  expect(seen?.items.map(({ note }) => note)).toEqual([{ login: "asha", server: "3" }, {}, null]);
  expect(JSON.stringify(seen?.redacted)).not.toContain("asha");
});
