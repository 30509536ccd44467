import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#lib/platform/json.ts";
import { partsOf } from "./code-parts.ts";
import { parseNewImport, parseRows } from "./import-input.ts";
import {
  charsOfRow,
  type ImportRow,
  MOST_CHARS_PER_CALL,
  MOST_ROWS_PER_CALL,
  problemOfRow,
} from "./import-policy.ts";
import { rawOfRow } from "./import-row.ts";

const now = new Date("2026-11-21T12:00:00Z");
const row = (facts: Partial<ImportRow> = {}): ImportRow => ({ row: 1, code: "ABCD", ...facts });

describe("problemOfRow", () => {
  it.each<[Partial<ImportRow>, string | null]>([
    [{}, null],
    [{ code: "two\nlines" }, null],
    [{ code: "कोड-१२" }, null],
    [{ code: " " }, "no_code"],
    [{ code: "x".repeat(4_001) }, "too_long"],
    [{ pin: "1".repeat(1_001) }, "too_long"],
    [{ others: [["Note", "x".repeat(1_001)]] }, "too_long"],
    [{ code: "A\u0000B" }, "odd_text"],
    [{ code: "A\ufffdB" }, "odd_text"],
    [{ serial: "\ud800" }, "odd_text"],
    [{ code: "1.23457E+15" }, "shortened"],
    [{ serial: "8,9E+18" }, "shortened"],
    [{ code: "1E5" }, "shortened"],
    [{ code: "1E5-AB" }, null],
    [{ expiry: "2027-01-31" }, null],
    [{ expiry: "03/04/2027" }, "bad_expiry"],
    [{ expiry: "soon" }, "bad_expiry"],
    [{ expiry: "2026-11-21" }, "expired"],
    [{ expiry: "2026-11-22" }, null],
    [{ url: "https://r.example/x" }, null],
    [{ url: "javascript:alert(1)" }, "bad_url"],
  ])("of %j: %s", (facts, problem) => {
    expect(problemOfRow(row(facts), now)).toBe(problem);
  });
});

describe("rawOfRow", () => {
  it("is the code alone where nothing came with it", () => {
    expect(rawOfRow(row({ code: " ABCD ", pin: " " }))).toBe("ABCD");
  });

  it("comes apart again into what it was made of", () => {
    const raw = rawOfRow(
      row({
        pin: "1",
        serial: "S",
        expiry: "2027-01-31",
        url: "https://r.example/",
        others: [
          ["Issuer", "X"],
          ["code", "Y"],
          ["", "Z"],
          ["__proto__", "P"],
        ],
      }),
    );
    expect(partsOf("ABCD", JSON.parse(JSON.stringify(raw)) as Json)).toEqual({
      code: "ABCD",
      pin: "1",
      serial: "S",
      expiry: { text: "2027-01-31", at: "2027-01-31T12:00:00.000Z" },
      url: "https://r.example/",
      esim: null,
      others: [
        { label: "Issuer", text: "X" },
        { label: "code 2", text: "Y" },
        { label: "text", text: "Z" },
        { label: "__proto__", text: "P" },
      ],
    });
  });

  it("keeps every column whatever it is called", () => {
    const names = fc.constantFrom("code", "pin", "Note", "", " ", "__proto__");
    const others = fc.array(fc.tuple(names, fc.constantFrom("1", "2")), { maxLength: 8 });
    fc.assert(
      fc.property(others, (told) => {
        const raw = rawOfRow(row({ others: told }));
        expect(Object.keys(Object(raw) as object)).toHaveLength(
          told.length === 0 ? 4 : told.length + 1,
        );
      }),
    );
  });
});

describe("what a browser sends", () => {
  const begin = {
    id: "0199aaaa-0000-7000-8000-000000000001",
    product: { name: " Gift card ", region: null },
    source: "july.csv",
    digest: "0".repeat(64),
    total: 2,
    anew: false,
    cost: "4.5",
    currency: "USD",
  };

  it("is read", () => {
    expect(parseNewImport(begin)).toEqual({
      ...begin,
      product: { name: "Gift card", region: null },
    });
    expect(parseRows([row({ others: [["a", "b"]] })])).toEqual([row({ others: [["a", "b"]] })]);
    const most = Array.from({ length: MOST_ROWS_PER_CALL }, (_, at) => row({ row: at }));
    expect(parseRows(most)).toHaveLength(MOST_ROWS_PER_CALL);
  });

  it.each([
    null,
    {},
    { ...begin, more: 1 },
    { ...begin, id: "1" },
    { ...begin, total: 0 },
    { ...begin, total: 250_001 },
    { ...begin, digest: "x" },
    { ...begin, source: "a\u0000b" },
    { ...begin, product: { name: " ", region: null } },
    { ...begin, product: {} },
    { ...begin, currency: null },
    { ...begin, cost: null },
    { ...begin, cost: "-1" },
    { ...begin, cost: "1e5" },
  ])("is refused: %j", (input) => {
    expect(() => parseNewImport(input)).toThrow("can't be read");
  });

  it("is refused without quoting it", () => {
    const bad = [
      "secret",
      [{ row: 1 }],
      [row({ row: -1 })],
      [row(), row()],
      [{ ...row(), more: "secret" }],
      Array.from({ length: MOST_ROWS_PER_CALL + 1 }, (_, at) => row({ row: at })),
      [row({ code: "x".repeat(MOST_CHARS_PER_CALL) })],
    ];
    for (const input of bad) expect(() => parseRows(input)).toThrow(/^rows that can't be read$/);
    expect(charsOfRow(row({ code: "x".repeat(MOST_CHARS_PER_CALL) }))).toBeGreaterThan(
      MOST_CHARS_PER_CALL,
    );
  });
});
