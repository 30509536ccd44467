import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ImportRow,
  MOST_CHARS_PER_CALL,
  MOST_ROWS_PER_CALL,
} from "#lib/codes/import-policy.ts";
import { readCells } from "./import-cells.ts";
import {
  guessMapping,
  hasUnclearDates,
  type Mapping,
  mappingFor,
  rowsOf,
  withUse,
} from "./import-mapping.ts";
import { batchesOf, digestOf, problemsOf } from "./import-rows.ts";
import { readFileText } from "./read-file-text.ts";

const now = new Date("2026-11-21T12:00:00Z");
const read = (text: string) => {
  const cells = readCells(text, "auto");
  return rowsOf(cells, guessMapping(cells));
};

describe("a file", () => {
  it.each(["Exp", "exp. date", "ExpDate", "redeem_before", "Use by", "Good thru", "समाप्ति तिथि"])(
    "with a column %j knows that codes expire",
    (name) => {
      const text = `Code,${name}\nABCD,31.12.27`;
      expect(read(text)).toEqual([{ row: 1, code: "ABCD", expiry: "31.12.27" }]);
    },
  );

  it.each(["Expert", "Experience", "Redeem code"])("with a column %j doesn't", (name) => {
    const [row] = read(`Voucher,${name}\nABCD,31.12.27`);
    expect(row).not.toHaveProperty("expiry");
  });

  it("with headings is read by their names", () => {
    const text = [
      "\ufeffGift Code,PIN,Serial No,Expiry date,Redeem URL,Issuer",
      "",
      '"AB,CD",0042,S-1,2027-01-31,https://r.example/x,Acme',
      "EFGH,,,,,",
    ].join("\r\n");
    expect(read(text)).toEqual([
      {
        row: 2,
        code: "AB,CD",
        pin: "0042",
        serial: "S-1",
        expiry: "2027-01-31",
        url: "https://r.example/x",
        others: [["Issuer", "Acme"]],
      },
      { row: 3, code: "EFGH" },
    ]);
  });

  it.each([
    ["lines", "AAAA-1111\nBBBB-2222\n\n", ["AAAA-1111", "BBBB-2222"]],
    ["codes with a comma in some", "AA,11\nBBBB\nCC,33", ["AA,11", "BBBB", "CC,33"]],
    ["one line", "AAAA-1111", ["AAAA-1111"]],
    ["one under a heading", "Code\nAAAA-1111", ["AAAA-1111"]],
    ["codes that hold such a word", "KEY-1234-AB\nKEY-1234-CD", ["KEY-1234-AB", "KEY-1234-CD"]],
    ["semicolons", "AAAA;S1\nBBBB;S2", ["AAAA", "BBBB"]],
    ["tabs", "AAAA\t2027-01-31\nBBBB\t2027-01-31", ["AAAA", "BBBB"]],
    ["a date first", "2027-01-31|AAAA\n2027-01-31|BBBB", ["AAAA", "BBBB"]],
    [
      "pages",
      "https://r.example/a\nhttps://r.example/b",
      ["https://r.example/a", "https://r.example/b"],
    ],
    ["quotes over two lines", '"AA\nBB"\n"CC"', ["AA\nBB", "CC"]],
  ])("of %s", (_, text, codes) => {
    expect(read(text).map(({ code }) => code)).toEqual(codes);
  });

  it("is split as somebody says", () => {
    expect(readCells("a,b;c", "semicolon")).toEqual([["a,b", "c"]]);
    expect(readCells("a,b;c\r\nd", "line")).toEqual([["a,b;c"], ["d"]]);
  });

  it("is UTF-8, or UTF-16 where it says so", async () => {
    const utf16 = (text: string) =>
      new Uint8Array(new Uint16Array([...`\ufeff${text}`].map((c) => c.charCodeAt(0))).buffer);
    expect(await readFileText(new Blob(["कोड"]))).toBe("कोड");
    expect(await readFileText(new Blob([utf16("AB")]))).toBe("AB");
    expect(await readFileText(new Blob([new Uint8Array([0x41, 0xe9])]))).toBe("A\ufffd");
  });

  it("is never too odd", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "1", ",", ";", "\n", '"', "|", "\t", " ") }),
        (text) => {
          const rows = read(text);
          expect(rows.every(({ code }) => code === code.trim())).toBe(true);
          expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
        },
      ),
    );
  });
});

describe("columns", () => {
  it("have each use once, but for what is kept or skipped", () => {
    expect(withUse(["code", "pin", "keep"], 2, "code")).toEqual(["skip", "pin", "code"]);
    expect(withUse(["code", "pin", "keep"], 1, "keep")).toEqual(["code", "keep", "keep"]);
  });

  it("stay as somebody has said while they are as many", () => {
    const said: Mapping = { heading: false, columns: ["serial", "code"], dateOrder: "day_first" };
    const as = (text: string) => mappingFor(readCells(text, "auto"), said);
    expect(as("Code,PIN\nAAAA,1\nBBBB,2")).toBe(said);
    expect(as("Code,PIN,Expiry\nAAAA,1,").columns).toEqual(["code", "pin", "expiry"]);
    // A line half typed has the whole read as one column, and the next letter undoes that.
    expect(as("AAAA,1\nBBBB").columns).toEqual(["code"]);
    expect(as("AAAA,1\nBBBB,")).toBe(said);
    expect(mappingFor(readCells("Code\nAAAA", "auto"), null).heading).toBe(true);
  });

  it("with dates that could be two ask for the order once", () => {
    const cells = readCells("Code,Expiry\nA,03/04/2027\nB,2027-05-06\nC,31/12/2027", "auto");
    const mapping: Mapping = guessMapping(cells);
    expect(hasUnclearDates(rowsOf(cells, mapping))).toBe(true);
    const as = (dateOrder: Mapping["dateOrder"]) => rowsOf(cells, { ...mapping, dateOrder });
    expect(as("day_first").map(({ expiry }) => expiry)).toEqual([
      "2027-04-03",
      "2027-05-06",
      "31/12/2027",
    ]);
    expect(as("month_first").map(({ expiry }) => expiry)).toEqual([
      "2027-03-04",
      "2027-05-06",
      "31/12/2027",
    ]);
    expect(problemsOf(as("day_first"), now).size).toBe(0);
    expect(problemsOf(as(null), now)).toEqual(new Map([[1, "bad_expiry"]]));
  });
});

describe("rows", () => {
  it("that repeat an earlier one are known before they are sent", () => {
    const rows = read("AAAA\nBBBB\nAAAA\n1.2E+12\nBBBB");
    expect([...problemsOf(rows, now)]).toEqual([
      [2, "repeated"],
      [3, "shortened"],
      [4, "repeated"],
    ]);
  });

  it("go out in portions that a call takes, all of them, in order", () => {
    const lengths = fc.array(fc.constantFrom(4, 40, 4_001), { maxLength: 3_000 });
    fc.assert(
      fc.property(lengths, fc.nat(50), (all, from) => {
        const rows = all.map((length, row): ImportRow => ({ row, code: "x".repeat(length) }));
        const batches = [...batchesOf(rows, from)];
        expect(batches.flat()).toEqual(rows.slice(from));
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(MOST_ROWS_PER_CALL);
          expect(batch.reduce((sum, { code }) => sum + code.length, 0)).toBeLessThan(
            MOST_CHARS_PER_CALL,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it("of one file have one digest", async () => {
    const [one, again, other] = await Promise.all(
      [read("A\nB"), read("A\nB"), read("A\nC")].map(digestOf),
    );
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });
});
