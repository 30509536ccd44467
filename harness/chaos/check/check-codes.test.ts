import { describe, expect, it } from "vitest";
import { CODES, complaints, first, type Sound, trueOrder } from "./facts.fixture.ts";
import type { StoredCode } from "./facts.ts";

const codesOf = (facts: Sound): StoredCode[] => first(facts).items[0]?.codes ?? [];
const saying = (...words: string[]) => words.map((each) => expect.stringContaining(each));

describe("codes", () => {
  it("sees that one is missing", () => {
    const found = complaints((facts) => codesOf(facts).pop());
    expect(found).toEqual(
      saying("code 2 of 2 was issued", "I6 code code-1 was stored, and is gone"),
    );
  });

  it("sees codes in each other's places", () => {
    const found = complaints((facts) => {
      for (const code of codesOf(facts)) code.position = 1 - code.position;
    });
    expect(found).toEqual(saying("place 1 holds a code that was never told", "place 2 holds"));
  });

  it("takes a list of codes for as many entries", () => {
    const found = complaints((facts) => {
      facts.truth.orders = [
        trueOrder({
          items: [{ productId: "product-1", quantity: 2, note: null, codes: [{ codes: CODES }] }],
        }),
      ];
    });
    expect(found).toEqual([]);
  });

  it("allows what an answer told falsely, in its place alone", () => {
    const lie = { orderId: "there-1", item: 0, externalData: ["AAAA-1111", "LIED-1", "LIED-2"] };
    const lied = (position: number) =>
      complaints((facts) => {
        facts.truth.lies.push(lie);
        const code = codesOf(facts)[position];
        if (code) code.raw = "LIED-1";
      });
    expect(lied(1)).toEqual([]);
    expect(lied(0)).toEqual(saying("place 1 holds a code that was never told there"));
  });

  it("sees one that was never issued, and one that is stored twice", () => {
    const found = complaints((facts) => {
      const [code] = codesOf(facts);
      if (code) codesOf(facts).push({ ...code, id: "code-9", position: 2 });
    });
    expect(found).toEqual(saying("place 3 holds a code that was never issued", "stored 2 times"));
  });

  it("sees one that was overwritten", () => {
    const found = complaints(({ history }) =>
      history.codes.set("code-0", { sealed: "x", blindIndex: "x" }),
    );
    expect(found).toEqual(saying("I6 code code-0 is not what it was"));
  });

  it("sees one that a failed order hands out", () => {
    const found = complaints((facts) => {
      facts.truth.orders = [trueOrder({ status: "failed" })];
      facts.history.orders.clear();
      Object.assign(first(facts), { status: "failed", moves: ["failed"] });
    });
    expect(found).toContainEqual("I19 is failed, and hands out 2 codes");
  });
});
