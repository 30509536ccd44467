import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOrderFilter } from "./order-filter.ts";

const parse = (query: string) => parseOrderFilter(new URLSearchParams(query));
const ID = "019abcde-0000-7000-8000-000000000000";
const AT = "2026-11-21T18:30:00.000Z";

describe("parseOrderFilter", () => {
  it("reads what the list's URL may say", () => {
    expect(
      parse(
        `status=paid,failed&attention=1&mock=only&search=%20steam%20&after=${ID}&currency=USD&finishedSince=${AT}&paidSince=${AT}`,
      ),
    ).toEqual({
      ...{ currency: "USD", finishedSince: AT, paidSince: AT },
      status: ["paid", "failed"],
      attention: "1",
      mock: "only",
      search: "steam",
      after: ID,
    });
  });

  it.each([
    "",
    "status=bought",
    "attention=2",
    "mock=yes",
    "finishedSince=yesterday",
    "finishedSince=0000-01-01T00:00:00Z",
    "paidSince=9999-12-31T00:00:00Z",
    "currency='; drop",
    "after=1",
    "after=' or 1=1",
    "search=%20",
    "search=%00",
    `search=${"x".repeat(201)}`,
    "__proto__=1&constructor=2",
  ])("drops junk: %s", (query) => {
    expect(Object.values(parse(query)).filter((value) => value !== undefined)).toEqual([]);
  });

  it("takes a page's own parameters too, some of which may be lists", () => {
    expect(parseOrderFilter({ status: ["paid"] as never, mock: "without" })).toEqual({
      mock: "without",
    });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (params) => {
        parseOrderFilter(params);
        parseOrderFilter({ status: params.a, search: params.b, after: params.c });
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});
