import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

const value = (text: string) => {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.json : parsed.problem;
};

describe("parseJson", () => {
  test.each([
    ["[0.9549, 3, -1, 0]", [0.9549, 3, -1, 0]],
    ["[1234567890123456789]", ["1234567890123456789"]],
    ["[1.10, 0.0, 1e3, -0, 1E400]", ["1.10", "0.0", "1e3", "-0", "1E400"]],
    ['{"1.10": 1.10, "a": "1.10 \\" 2.20"}', { "1.10": "1.10", a: '1.10 " 2.20' }],
    ['"\\\\"', "\\"],
    ["12345678901234567890", "12345678901234567890"],
  ])("keeps the digits of %s", (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test.each([
    "[1.]",
    "[01.10]",
    "[1.10.2]",
    "[--1]",
    "[1e]",
    "[+1.10]",
    "[.50]",
    "{1.10:1}",
    '{"a":1.10',
    '"1.10',
    "1.10 2.20",
    "[1.10}",
  ])("does not repair %s", (text) => {
    expect(value(text)).toBe("the answer is not complete JSON");
  });

  test("refuses depth before parsing, but not brackets inside text", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(value(nested(64))).toEqual(JSON.parse(nested(64)));
    expect(value(nested(65))).toBe("the answer is nested too deeply");
    expect(value(nested(2_000_000))).toBe("the answer is nested too deeply");
    expect(value(JSON.stringify("[".repeat(500)))).toBe("[".repeat(500));
  });

  test("reads ordinary JSON as JSON.parse does", () => {
    const exact = fc
      .json({ depthSize: "small" })
      .filter((text) => !/e/i.test(text) && !text.includes("-0"));
    fc.assert(
      fc.property(exact, (text) => {
        expect(value(text)).toEqual(JSON.parse(text));
      }),
      { seed: 20260301, numRuns: 500 },
    );
  });

  test("takes or refuses exactly what JSON.parse does", () => {
    const pieces = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      '"',
      "\\",
      "1.10",
      "-",
      "1e3",
      "0",
      ".",
      "true",
      " ",
      "a",
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join("");
        expect(parseJson(text).ok).toBe(parses(text));
      }),
      { seed: 20260301, numRuns: 5_000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
