import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { firstIdAt } from "./delivery-condition.ts";
import { parseDeliveryFilter } from "./delivery-filter.ts";

const id = "01a1fced-0399-7167-9e1d-5bee43ff142e";

describe("parseDeliveryFilter", () => {
  it("reads a URL, or what a page got of one", () => {
    const text = {
      endpoint: id,
      order: id,
      search: "SHOP 7",
      reason: "timeout",
      since: "2026-11-21T20:00:00.000Z",
      mock: "only",
      attention: "1",
      after: id,
    };
    const raw = {
      ...text,
      state: "failed,pending,sent",
      channel: "webhook,pigeon",
      type: "order.completed",
    };
    const expected = {
      ...text,
      state: ["pending", "failed"],
      channel: ["webhook"],
      type: ["order.completed"],
    };
    expect(parseDeliveryFilter(new URLSearchParams({ ...raw, page: "2" }))).toEqual(expected);
    expect(parseDeliveryFilter(raw)).toEqual(expected);
  });

  it("drops junk, whatever it is", () => {
    const junk = {
      state: "sent",
      channel: "pigeon",
      endpoint: "1' or '1'='1",
      type: "*",
      order: "x",
      search: "a\u0000b",
      reason: "<b>",
      since: "yesterday",
      until: "9999-12-31T00:00:00Z",
      mock: "all",
      attention: "yes",
      after: "1",
    };
    expect(parseDeliveryFilter(new URLSearchParams(junk))).toEqual({});
    expect(parseDeliveryFilter({ search: ["a", "b"] } as never)).toEqual({});
  });
});

describe("firstIdAt", () => {
  it("is below every id of its instant and above those before", () => {
    const at = new Date("2026-11-21T20:00:00.123Z");
    const ms = at.getTime().toString(16).padStart(12, "0");
    expect(firstIdAt(at)).toBe(`${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`);
    expect(firstIdAt(at) < firstIdAt(new Date(at.getTime() + 1))).toBe(true);
    expect(firstIdAt(at) < v7({ msecs: at.getTime() })).toBe(true);
  });
});
