import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newOrderSchema } from "./new-order.ts";

const PRODUCT = "019abcde-0000-7000-8000-000000000000";
const ORDER = {
  clientRef: "ref-00000001",
  lines: [{ productId: PRODUCT, quantity: 1, note: {} }],
  customerRef: "Order 7, “Diwali”",
  isMock: false,
  agreedTotal: "4.75",
};

const problems = (order: unknown) => {
  const { error } = newOrderSchema.safeParse(order);
  return error ? error.issues.map((issue) => issue.path.join(".")) : [];
};
const line = (facts: object) => ({ ...ORDER, lines: [{ ...ORDER.lines[0], ...facts }] });

describe("newOrderSchema", () => {
  it("takes an order, in any script", () => {
    expect(problems(ORDER)).toEqual([]);
    expect(problems({ ...ORDER, customerRef: "ग्राहक-७ 🎁" })).toEqual([]);
    expect(problems({ ...ORDER, customerRef: null })).toEqual([]);
    expect(problems(line({ note: { login: "<b>asha</b>\n", player_id: 7 } }))).toEqual([]);
  });

  it.each([
    ["quantity", line({ quantity: 0 }), "lines.0.quantity"],
    ["quantity", line({ quantity: -1 }), "lines.0.quantity"],
    ["quantity", line({ quantity: 1.5 }), "lines.0.quantity"],
    ["quantity", line({ quantity: 100_001 }), "lines.0.quantity"],
    ["quantity", line({ quantity: 2 ** 53 }), "lines.0.quantity"],
    ["quantity", line({ quantity: Number.NaN }), "lines.0.quantity"],
    ["quantity", line({ quantity: Number.POSITIVE_INFINITY }), "lines.0.quantity"],
    ["quantity", line({ quantity: "1" }), "lines.0.quantity"],
    ["product", line({ productId: "1 or 1=1" }), "lines.0.productId"],
    ["product", line({ productId: null }), "lines.0.productId"],
    ["note", line({ note: null }), "lines.0.note"],
    ["note", line({ note: [] }), "lines.0.note"],
    ["note", line({ note: { login: { $gt: "" } } }), "lines.0.note.login"],
    ["note", line({ note: { login: "x".repeat(20_001) } }), "lines.0.note.login"],
    ["note", line({ note: { login: "a\u0000b" } }), "lines.0.note.login"],
    ["note", line({ note: { login: "\ud800" } }), "lines.0.note.login"],
    ["note", line({ note: { login: Number.NaN } }), "lines.0.note.login"],
    ["note name", line({ note: { "<script>": "x" } }), "lines.0.note.<script>"],
    ["line", line({ price: "0.01" }), "lines.0"],
    ["lines", { ...ORDER, lines: [] }, "lines"],
    ["lines", { ...ORDER, lines: {} }, "lines"],
    ["lines", { ...ORDER, lines: Array(11).fill(ORDER.lines[0]) }, "lines"],
    ["clientRef", { ...ORDER, clientRef: "short" }, "clientRef"],
    ["clientRef", { ...ORDER, clientRef: `  ${"x".repeat(7)}  ` }, "clientRef"],
    ["clientRef", { ...ORDER, clientRef: ["ref-00000001"] }, "clientRef"],
    ["customerRef", { ...ORDER, customerRef: "<script>alert(1)</script>" }, "customerRef"],
    ["customerRef", { ...ORDER, customerRef: "a\u0000b" }, "customerRef"],
    ["customerRef", { ...ORDER, customerRef: "a\nb" }, "customerRef"],
    ["customerRef", { ...ORDER, customerRef: "\udc00" }, "customerRef"],
    ["customerRef", { ...ORDER, customerRef: "x".repeat(201) }, "customerRef"],
    ["total", { ...ORDER, agreedTotal: "-1" }, "agreedTotal"],
    ["total", { ...ORDER, agreedTotal: "1e9" }, "agreedTotal"],
    ["total", { ...ORDER, agreedTotal: 4.75 }, "agreedTotal"],
    ["total", { ...ORDER, agreedTotal: "4.75001" }, "agreedTotal"],
    ["total", { ...ORDER, agreedTotal: "9".repeat(13) }, "agreedTotal"],
    ["mock", { ...ORDER, isMock: "false" }, "isMock"],
    ["whole", { ...ORDER, status: "completed" }, ""],
    ["whole", null, ""],
    ["whole", [], ""],
    ["whole", "order", ""],
  ])("names the %s that is wrong (%#)", (_, order, path) => {
    expect(problems(order)).toContain(path);
  });

  it("takes no more fields than any product has", () => {
    const note = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, "x"]));
    expect(problems(line({ note }))).toEqual(["lines.0.note"]);
  });

  it("lets no prototype through", () => {
    const hostile = JSON.parse(`{"__proto__": {"isAdmin": true}, "constructor": {"x": 1}}`);
    expect(problems({ ...ORDER, ...hostile })).not.toEqual([]);
    const parsed = newOrderSchema.safeParse(line({ note: JSON.parse(`{"__proto__": "x"}`) }));
    expect(Object.getPrototypeOf(parsed.data?.lines[0]?.note ?? {})).toBe(Object.prototype);
    expect(({} as { isAdmin?: true }).isAdmin).toBeUndefined();
  });

  it("never throws, and lets only storable orders through", () => {
    const junk = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
      fc.record(
        {
          clientRef: fc.oneof(
            fc.string({ unit: "binary", maxLength: 30 }),
            fc.constant(ORDER.clientRef),
          ),
          lines: fc.oneof(fc.anything(), fc.constant(ORDER.lines)),
          customerRef: fc.oneof(fc.string({ unit: "binary" }), fc.constant(null)),
          isMock: fc.oneof(fc.anything(), fc.boolean()),
          agreedTotal: fc.oneof(fc.string(), fc.constant("4.75"), fc.double()),
        },
        { noNullPrototype: true },
      ),
    );
    fc.assert(
      fc.property(junk, (order) => {
        const parsed = newOrderSchema.safeParse(order);
        if (!parsed.success) return;
        const { clientRef, customerRef } = parsed.data;
        for (const text of [clientRef, customerRef ?? ""]) {
          expect(text).not.toMatch(/[<>\p{Cc}\p{Cs}]/u);
          expect(text.length).toBeLessThanOrEqual(200);
        }
      }),
      { seed: 20_261_121, numRuns: 2_000 },
    );
  });
});
