import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { placeQuery, readCursor, readPage } from "./list-page.ts";

const rows = (count: number): Json[] => Array.from({ length: count }, (_, at) => at);
const next = (answer: Json, cursor: string | null = null): string | null => {
  const at = readCursor(cursor);
  const read = at && readPage(answer, at, (row) => row);
  return read?.ok ? read.value.next : `problem: ${read && !read.ok ? read.problem : "cursor"}`;
};

describe("where a list goes on", () => {
  test.each<[string, Json, string | null, string | null]>([
    ["cursor", { items: rows(3), nextCursor: "n" }, null, "c:n"],
    ["cursor on a short page", { items: rows(1), limit: 200, nextCursor: "n" }, "c:m", "c:n"],
    ["numeric cursor", { items: rows(3), nextCursor: 7 }, null, "c:7"],
    ["last cursor page", { items: rows(200), nextCursor: null }, "c:m", null],
    ["last cursor page with a total", { items: rows(200), total: 900 }, "c:m", null],
    [
      "offset, more by total",
      { items: rows(200), limit: 200, offset: 0, total: 450 },
      null,
      "o:200",
    ],
    [
      "offset, more on",
      { items: rows(200), limit: 200, offset: 200, total: 450 },
      "o:200",
      "o:400",
    ],
    [
      "offset, last by total",
      { items: rows(50), limit: 200, offset: 400, total: 450 },
      "o:400",
      null,
    ],
    ["offset, total as text", { items: rows(200), total: "201" }, null, "o:200"],
    [
      "offset, server gives smaller pages",
      { items: rows(50), limit: 50, total: 450 },
      null,
      "o:50",
    ],
    ["no total, full page", { items: rows(200) }, null, "o:200"],
    ["no total, full smaller page", { items: rows(50), limit: 50 }, null, "o:50"],
    ["no total, short page", { items: rows(199) }, null, null],
    ["empty page, whatever the total", { items: [], total: 450 }, "o:400", null],
    ["bare array, short", rows(3), null, null],
    ["wrapped in `data`", { data: rows(200), total: 450 }, null, "o:200"],
    ["a list within `data`", { data: { items: rows(3), nextCursor: "n" } }, null, "c:n"],
    ["a cursor beside `data`", { data: { items: rows(3) }, nextCursor: "n" }, null, "c:n"],
    ["bare array, full", rows(200), null, "o:200"],
    ["bare array of everything", rows(243), null, null],
  ])("%s", (_, answer, cursor, expected) => {
    expect(next(answer, cursor)).toBe(expected);
  });

  test("a cursor written is read back as the same place", () => {
    expect(placeQuery(readCursor("c:o:5") ?? { mode: "offset", offset: 0 })).toEqual({
      limit: "200",
      cursor: "o:5",
    });
  });
});

describe("what is not taken for a page", () => {
  test.each<[string, Json, string | null]>([
    ["no list", { rows: [] }, null],
    ["one thing with items of its own", { id: "o-1", items: rows(3) }, null],
    ["text", "items", null],
    ["a cursor that stands still", { items: rows(3), nextCursor: "m" }, "c:m"],
    ["another page than asked for", { items: rows(3), offset: 0, total: 9 }, "o:3"],
    ["a walk without end", { items: rows(200) }, "o:200000"],
    ["far more rows than asked for", rows(1_001), null],
  ])("%s", (_, answer, cursor) => {
    expect(next(answer, cursor)).toMatch(/^problem: /);
  });

  test("rows that are not understood are left out, but not all of them", () => {
    const even = (row: Json) => (typeof row === "number" && row % 2 === 0 ? row : null);
    const at = { mode: "offset", offset: 0 } as const;
    expect(readPage([0, 1, "x", 2], at, even)).toEqual({
      ok: true,
      value: { items: [0, 2], next: null },
    });
    expect(readPage([1, "x"], at, even)).toMatchObject({ ok: false });
    expect(readPage([], at, even)).toEqual({ ok: true, value: { items: [], next: null } });
  });
});
