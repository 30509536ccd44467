import { describe, expect, it } from "vitest";
import { checkDraft, problemsOfLine } from "./check-draft.ts";
import { emptyDraft, newLine } from "./draft.ts";
import { productOf } from "./product.fixture.ts";

const check = (more: Parameters<typeof productOf>[0], quantity = "1", note = {}) =>
  checkDraft({ ...emptyDraft, lines: [{ ...newLine("a", productOf(more)), quantity, note }] });

describe("checkDraft", () => {
  it("lets through what can be ordered", () => {
    expect(check({})).toEqual([]);
    expect(check({ stock: null, maxQuantity: null }, "100000")).toEqual([]);
  });

  it.each([
    [{}, "", { kind: "not_whole", line: 0 }],
    [{}, "1.5", { kind: "not_whole", line: 0 }],
    [{}, "0", { kind: "below_minimum", line: 0, minimum: 1 }],
    [{ minQuantity: 3 }, "2", { kind: "below_minimum", line: 0, minimum: 3 }],
    [{}, "11", { kind: "above_maximum", line: 0, maximum: 10 }],
    [{ maxQuantity: null, stock: null }, "100001", { kind: "above_maximum", maximum: 100_000 }],
    [{ stock: 4 }, "5", { kind: "out_of_stock", line: 0, stock: 4 }],
    [{ stock: 0 }, "junk", { kind: "out_of_stock", line: 0, stock: 0 }],
    [{ gone: true }, "1", { kind: "product_gone", line: 0 }],
  ])("%j ordered %j times is told", (more, quantity, expected) => {
    expect(check(more, quantity)).toMatchObject([expected]);
  });

  it("asks for a product, and for one currency", () => {
    expect(checkDraft(emptyDraft)).toEqual([{ kind: "no_lines" }]);
    const lines = [newLine("a", productOf()), newLine("b", productOf({ currency: "RUB" }))];
    expect(checkDraft({ ...emptyDraft, lines })).toEqual([{ kind: "mixed_suppliers" }]);
  });

  it("tells each problem at its field", () => {
    const noteFields = [
      { name: "player_id", type: "integer" as const, options: [] },
      { name: "email", type: "email" as const, options: [] },
    ];
    const problems = check({ noteFields }, "99", { player_id: "12" });
    const { quantity, note } = problemsOfLine(problems, 0);
    expect(quantity).toMatchObject({ kind: "above_maximum" });
    expect([...note.keys()]).toEqual(["email"]);
    expect(problemsOfLine(problems, 1)).toEqual({ quantity: null, note: new Map() });
  });
});
