import { describe, expect, it } from "vitest";
import { accountFixture } from "#components/supplier-settings/account.fixture.ts";
import {
  type LimitsDraft,
  limitsDraftOf,
  wishOf,
} from "#components/supplier-settings/limits-draft.ts";
import { parseSupplierConfig } from "#lib/placement/supplier-config.ts";

const before = limitsDraftOf(accountFixture());
const wish = (to: Partial<LimitsDraft>) => wishOf({ ...before, ...to }, before);

describe("limitsDraftOf", () => {
  it("shows spans in the unit of their field", () => {
    expect(before).toMatchObject({
      callsPerMinute: "100",
      threshold: "30",
      stalledAfter: "",
      slowAnswer: "5",
      balanceStale: "10",
      settling: "10",
      lines: [{ currency: "USD", lowAt: "50", okAt: "60", criticalAt: "" }],
    });
  });
});

describe("wishOf", () => {
  it("asks for what is new, and for nothing where nothing is", () => {
    expect(wish({})).toEqual({});
    expect(wish({ callsPerMinute: "60", stalledAfter: "20" })).toEqual({
      callsPerMinute: 60,
      stalledAfterMs: 1_200_000,
    });
    expect(wish({ slowFactor: "1,5", slowAnswer: "0.5" })).toEqual({
      rules: { slowFactor: 1.5, slowAnswerMs: 500 },
    });
    expect(wish({ secondPersonAbove: "", supportEmail: "desk@example.com" })).toEqual({
      supportEmail: "desk@example.com",
    });
  });

  it("goes back to the usual where a stall's time is emptied", () => {
    const own = { ...before, stalledAfter: "20" };
    expect(wishOf({ ...own, stalledAfter: " " }, own)).toEqual({ stalledAfterMs: null });
  });

  it("sets the schedule as a whole", () => {
    expect(wish({ threshold: "50" })).toEqual({ schedule: { preset: "learned", threshold: 0.5 } });
    expect(wish({ preset: "steady", threshold: "junk" })).toEqual({
      schedule: { preset: "steady" },
    });
  });

  it("trusts a guard, or doesn't any more", () => {
    expect(wish({ isGuardTrusted: true })).toEqual({
      capabilities: { duplicate_guard: "trusted" },
    });
    const trusted = { ...before, isGuardTrusted: true };
    expect(wishOf(before, trusted)).toEqual({ capabilities: { duplicate_guard: null } });
  });

  it("adds, changes and takes away balance lines", () => {
    const line = { currency: "eur ", lowAt: "10", okAt: "", criticalAt: "2.5" };
    expect(wish({ lines: [line] })).toEqual({
      balance: { USD: null, EUR: { lowAt: "10", criticalAt: "2.5" } },
    });
  });

  it("says which fields can't be", () => {
    expect(wish({ callsPerMinute: "5", readsAtOnce: "1.5", supportEmail: "nobody" })).toEqual([
      "callsPerMinute",
      "readsAtOnce",
      "supportEmail",
    ]);
    const [line] = before.lines;
    const twice = [line, { ...line, lowAt: "5" }] as LimitsDraft["lines"];
    expect(wish({ lines: twice })).toEqual(["lines.1"]);
    expect(wish({ lines: [{ currency: "USD", lowAt: "50", okAt: "40", criticalAt: "" }] })).toEqual(
      ["lines.0"],
    );
  });

  it("is understood by whoever sets it", () => {
    const all = wish({
      ...{ callsPerMinute: "60", readsAtOnce: "4", writesAtOnce: "1", preset: "learned" },
      ...{ threshold: "2", sweeps: false, stalledAfter: "1", slowFactor: "20", slowAnswer: "60" },
      ...{ paymentExpiring: "1", balanceStale: "2", catalogOutdated: "30", settling: "0.017" },
      ...{ isExclusive: true, isGuardTrusted: true, secondPersonAbove: "250.5", lines: [] },
    });
    expect(Array.isArray(parseSupplierConfig(all))).toBe(false);
  });
});
