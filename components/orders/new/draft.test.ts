import { describe, expect, it } from "vitest";
import {
  type Change,
  changeDraft,
  confirmProduct,
  draftTotal,
  emptyDraft,
  lineTotal,
  newLine,
  readQuantity,
  toNewOrder,
} from "./draft.ts";
import { productOf } from "./product.fixture.ts";

const fill = (...changes: Change[]) => changes.reduce(changeDraft, emptyDraft);
const add = (key: string, more = {}): Change => ({ kind: "add", key, product: productOf(more) });

describe("changeDraft", () => {
  it("starts a line at the least that can be ordered and touches only the named one", () => {
    const draft = fill(add("a", { minQuantity: 2 }), add("b"), {
      kind: "quantity",
      key: "b",
      text: "7",
    });
    expect(draft.lines.map(({ quantity }) => quantity)).toEqual(["2", "7"]);
    expect(changeDraft(draft, { kind: "remove", key: "a" }).lines).toHaveLength(1);
  });
});

describe("totals", () => {
  it("add up exactly, in decimals", () => {
    const draft = fill(add("a", { price: "0.1" }), add("b", { price: "0.2" }));
    expect(draftTotal(draft)).toBe("0.3");
  });

  it("are unknown while a quantity can't be read", () => {
    const draft = fill(add("a"), { kind: "quantity", key: "a", text: "1.5" });
    expect(draftTotal(draft)).toBeNull();
    expect(draft.lines.map(lineTotal)).toEqual([null]);
    expect(draftTotal(emptyDraft)).toBeNull();
  });
});

describe("readQuantity", () => {
  it.each([
    ["3", 3],
    [" 12 ", 12],
    ["0", 0],
    ["", null],
    ["-1", null],
    ["1e3", null],
    ["٣", null],
    ["9999999999", null],
  ])("%j is %s", (text, expected) => {
    expect(readQuantity(text)).toBe(expected);
  });
});

describe("confirmProduct", () => {
  it("keeps the first price that was seen until the price is back at it", () => {
    const draft = fill(add("a", { price: "4.5" }));
    const once = confirmProduct(draft, productOf({ price: "4.95" }));
    const twice = confirmProduct(once, productOf({ price: "5.1" }));
    expect(twice.lines[0]).toMatchObject({ priceBefore: "4.5", product: { price: "5.1" } });
    const back = confirmProduct(twice, productOf({ price: "4.5" }));
    expect(back.lines[0]?.priceBefore).toBeNull();
  });

  it("leaves other products alone", () => {
    const draft = { ...emptyDraft, lines: [newLine("a", productOf({ id: "other" }))] };
    expect(confirmProduct(draft, productOf({ price: "1" }))).toEqual(draft);
  });
});

describe("toNewOrder", () => {
  it("sends what the product asks for and nothing else", () => {
    const noteFields = [
      { name: "login", type: "string" as const, options: [] },
      { name: "constructor", type: "string" as const, options: [] },
    ];
    const draft = fill(
      add("a", { noteFields }),
      { kind: "note", key: "a", field: "login", text: "player" },
      { kind: "note", key: "a", field: "leftover", text: "x" },
      { kind: "customerRef", text: "  " },
    );
    expect(toNewOrder(draft, "ref", "9.5")).toEqual({
      clientRef: "ref",
      lines: [
        { productId: productOf().id, quantity: 1, note: { login: "player", constructor: "" } },
      ],
      customerRef: null,
      isMock: false,
      agreedTotal: "9.5",
    });
  });
});
