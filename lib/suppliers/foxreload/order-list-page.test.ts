import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { orderPlaceQuery, readOrderCursor, readOrderPage, startOf } from "./order-list-page.ts";

const KEY = "key-1234567890";

/** `count` orders from number `from` on. */
const rows = (count: number, from = 0): Json[] =>
  Array.from({ length: count }, (_, at) => ({ id: `o-${from + at}`, status: "active" }));

const read = (answer: Json, cursor: string | null = null) => {
  const at = readOrderCursor(cursor);
  if (at === null) throw new Error(`no cursor of ours: ${cursor}`);
  return readOrderPage(answer, at, KEY);
};
const next = (answer: Json, cursor: string | null = null): string | null => {
  const page = read(answer, cursor);
  return page.ok ? page.value.next : `problem: ${page.problem}`;
};

describe("where the orders go on", () => {
  test.each<[string, Json, string | null, string | null]>([
    ["more by total", { items: rows(50), total: 120 }, null, "o:45:50:o-0"],
    ["more on", { items: rows(50, 45), offset: 45, total: 120 }, "o:45:50:o-0", "o:90:95:o-45"],
    ["the last by total", { items: rows(30, 90), total: 120 }, "o:90:95:o-45", null],
    ["fewer than a page, all by total", { items: rows(7), total: 7 }, null, null],
    ["none at all", { items: [], total: 0 }, null, null],
    ["an empty page, whatever the total", { items: [], total: 120 }, "o:45:50:o-0", null],
    ["a full page, its rows counted as total", { items: rows(50), total: 50 }, null, "o:45:50:o-0"],
    ["no total, a short page: who knows", rows(20), null, "o:15:20:o-0"],
    ["no total, nothing but known rows", rows(5, 15), "o:15:20:o-0", null],
    ["no total, fewer than the known rows", rows(3, 17), "o:15:20:o-0", null],
    ["no total, one new row", rows(6, 15), "o:15:20:o-0", "o:16:21:o-15"],
    ["a page of the supplier's own size", { items: rows(3), total: 9 }, null, "o:1:3:o-0"],
    ["more rows than were asked for", { items: rows(80), total: 200 }, null, "o:75:80:o-0"],
    ["everything at once, asked again", rows(80), "o:75:80:o-0", null],
    ["a short list that ignores the offset", rows(20), "o:15:20:o-0", null],
    ["cursor", { items: rows(50), nextCursor: "n" }, null, "c:n"],
    ["cursor on", { items: rows(2, 50), nextCursor: "m" }, "c:n", "c:m"],
    ["last cursor page", { items: rows(50), nextCursor: null, total: 999 }, "c:m", null],
    ["one state", { items: rows(50), total: 120 }, "s:paid:o:0:0:x", "s:paid:o:45:50:o-0"],
    [
      "cursor of one state",
      { items: [{ id: "o", status: "paid" }], nextCursor: "n" },
      "s:paid:c:m",
      "s:paid:c:n",
    ],
    ["wrapped twice", { data: { orders: rows(50), total: 120 } }, null, "o:45:50:o-0"],
  ])("%s", (_, answer, cursor, expected) => {
    expect(next(answer, cursor)).toBe(expected);
  });

  test.each<[string, Json, string | null]>([
    ["no list", { rows: [] }, null],
    ["one order", { id: "o-1", items: [{ id: "line-1" }] }, null],
    ["a full page that ignores the offset", rows(50), "o:45:50:o-0"],
    ["another page than asked for", { items: rows(3), offset: 0 }, "o:45:50:o-0"],
    ["a cursor that stands still", { items: rows(3), nextCursor: "m" }, "c:m"],
    ["a list without end", rows(50), "o:1000000:1000001:o-x"],
    ["far more rows than asked for", rows(1_001), null],
    ["rows without an id", [{ status: "active" }, "junk"], null],
  ])("problem: %s", (_, answer, cursor) => {
    expect(next(answer, cursor)).toMatch(/^problem: /);
  });

  test("a cursor written is read back as the same place", () => {
    expect(readOrderCursor("o:45:50:a:b")).toEqual({
      state: null,
      mode: "offset",
      offset: 45,
      seenTo: 50,
      beganWith: "a:b",
    });
    const query = (cursor: string) => orderPlaceQuery(readOrderCursor(cursor) ?? startOf("paid"));
    expect(query("c:o:4")).toEqual({ limit: "50", cursor: "o:4" });
    expect(query("s:processing:c:s:paid:4")).toEqual({
      status: "processing",
      limit: "50",
      cursor: "s:paid:4",
    });
    expect(orderPlaceQuery(startOf("paid"))).toEqual({ status: "paid", limit: "50", offset: "0" });
    for (const wrong of ["o:45", "o:45:50", "o:-1:2:x", "c:", "", "s:paid:", "s:active:c:x"]) {
      expect(readOrderCursor(wrong)).toBeNull();
    }
  });
});

/** Walks a whole list as a supplier with `all` orders would page it. */
function walk(page: (offset: number, call: number) => Json): { ids: string[]; calls: number } {
  const ids = new Set<string>();
  let cursor: string | null = null;
  let calls = 0;
  do {
    const at = readOrderCursor(cursor);
    const answer = page(at?.mode === "offset" ? at.offset : 0, calls++);
    const got = read(answer, cursor);
    if (!got.ok) throw new Error(got.problem);
    for (const { supplierOrderId } of got.value.items) ids.add(supplierOrderId);
    cursor = got.value.next;
  } while (cursor !== null && calls < 10_000);
  return { ids: [...ids], calls };
}

describe("a walk", () => {
  test.each([
    ["50 rows a page", 50, 4],
    ["fewer", 20, 10],
    ["no more than two pages share", 5, 139],
    ["one at a time", 1, 144],
    ["more", 100, 3],
  ])("sees every order of a bare list, %s", (_, size, calls) => {
    const all = rows(143);
    const seen = walk((offset) => all.slice(offset, offset + size));
    expect(seen.ids).toHaveLength(143);
    expect(seen.calls).toBeLessThanOrEqual(calls + 1);
  });

  test("loses none while new orders come and a few old ones go", () => {
    const seen = walk((offset, call) => {
      // Five new ones on top with each call, and five gone from the first pages with the third.
      const all = [...rows(call * 5, 1_000), ...rows(200)];
      if (call >= 2) all.splice(call * 5, 5);
      return { items: all.slice(offset, offset + 50), total: all.length };
    });
    expect(seen.ids).toEqual(
      expect.arrayContaining(rows(200).map((row) => (row as { id: string }).id)),
    );
  });

  test("ends where the offset is ignored", () => {
    expect(walk(() => rows(20))).toMatchObject({ calls: 2 });
    expect(walk(() => rows(80))).toMatchObject({ calls: 2 });
    expect(() => walk(() => rows(50))).toThrow("does not move on");
    // Even where new orders hide that it is the same page.
    expect(walk((_, call) => rows(20 + Math.min(call, 9), 100 - Math.min(call, 9))).calls).toBe(11);
  });
});

test("rows may be wrapped, and those without an id are left out", () => {
  const page = read({ items: [{ order: { id: "o-1" } }, { status: "paid" }, null, { id: "o-2" }] });
  expect(page.ok && page.value.items.map(({ supplierOrderId }) => supplierOrderId)).toEqual([
    "o-1",
    "o-2",
  ]);
});

test("codes are in the orders and in nothing that is shown of them", () => {
  const page = read([{ id: "o-1", status: "completed", items: [{ externalData: ["CODE-1234"] }] }]);
  if (!page.ok) throw new Error(page.problem);
  const [order] = page.value.items;
  expect(order?.items[0]?.codes).toMatchObject([{ value: "CODE-1234" }]);
  expect(JSON.stringify(order?.redacted)).not.toContain("CODE");
});
