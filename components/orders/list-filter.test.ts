import { describe, expect, it } from "vitest";
import {
  emptyFilter,
  isNarrowed,
  queryOf,
  readFilter,
  writeFilter,
} from "#components/orders/list-filter.ts";

const after = "01998a3e-7c00-7000-8000-00000000000a";
const nothing = {
  status: null,
  attention: null,
  retrying: null,
  overdue: null,
  finishedSince: null,
  paidSince: null,
  currency: null,
  mock: null,
  search: null,
  after: null,
};

describe("readFilter", () => {
  it("reads what writeFilter wrote", () => {
    const filter = {
      status: ["paid" as const, "failed" as const],
      attention: true,
      retrying: true,
      overdue: true,
      finishedSince: "2026-11-21T09:20:00.000Z",
      paidSince: "2026-11-21T18:30:00.000Z",
      currency: "USD",
      mock: "without" as const,
      search: "steam & co",
      after,
    };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
    expect(queryOf(filter)).toBe(
      `status=paid%2Cfailed&attention=1&retrying=1&overdue=1&finishedSince=2026-11-21T09%3A20%3A00.000Z&paidSince=2026-11-21T18%3A30%3A00.000Z&currency=USD&mock=without&search=steam+%26+co&after=${after}`,
    );
  });

  it("leaves junk out", () => {
    const filter = readFilter({
      status: "paid,<script>,,paid",
      attention: "yes",
      retrying: "0",
      overdue: "",
      finishedSince: "yesterday",
      paidSince: "2026-13-45T00:00:00Z",
      currency: "us dollars",
      mock: "both",
      search: `  ${"x".repeat(300)}`,
      after: "../etc",
    });
    expect(filter).toEqual({ ...emptyFilter, status: ["paid"], search: "x".repeat(198) });
  });

  it("has one key for one list, whatever the order of its states", () => {
    const one = readFilter({ ...nothing, status: "failed,paid" });
    const other = readFilter({ ...nothing, status: "paid,failed" });
    expect(queryOf(one)).toBe(queryOf(other));
  });

  it("takes an older page for no narrowing", () => {
    expect(isNarrowed({ ...emptyFilter, after })).toBe(false);
    expect(isNarrowed({ ...emptyFilter, attention: true })).toBe(true);
    expect(isNarrowed({ ...emptyFilter, overdue: true })).toBe(true);
  });
});
