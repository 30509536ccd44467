import { describe, expect, it } from "vitest";
import { alertFilterParams, DEFAULT_ALERT_FILTER, parseAlertFilter } from "./alert-filter.ts";
import { parsePlace, placeText } from "./alert-place.ts";

const uuid = "0198e4a0-0000-7000-8000-000000000000";

describe("the filter in a URL", () => {
  it("is the default where nothing is said, and then says nothing", () => {
    expect(parseAlertFilter({})).toEqual(DEFAULT_ALERT_FILTER);
    expect(alertFilterParams(DEFAULT_ALERT_FILTER).toString()).toBe("");
  });

  it.each([
    "state=snoozed",
    "state=all",
    "severity=warning%2Ccritical",
    "kind=stalled%2Cslow",
    "supplier=foxreload",
    "assignee=me",
    `assignee=${uuid}`,
    "mock=only",
    "q=steam+5",
    "sort=newest",
    "state=open%2Cacknowledged&severity=info&kind=slow&supplier=a%2Cb&assignee=nobody&mock=with&q=x&sort=oldest",
  ])("%s comes back as it was", (text) => {
    expect(alertFilterParams(parseAlertFilter(new URLSearchParams(text))).toString()).toBe(text);
  });

  it.each([
    { state: "gone" },
    { severity: "dire" },
    { kind: "drop table" },
    { supplier: "../x,A" },
    { assignee: "you" },
    { mock: "maybe" },
    { q: " \u0000 " },
    { sort: "best" },
  ])("drops junk: %j", (params) => {
    expect(parseAlertFilter(params)).toEqual(DEFAULT_ALERT_FILTER);
  });
});

describe("a page's place", () => {
  const at = new Date("2026-11-22T00:00:00.123Z");
  const last = { id: uuid, isMock: false, severity: "warning" as const, openedAt: at };

  it("comes back as it was", () => {
    expect(parsePlace(placeText({ ...last, state: "open", resolvedAt: null }))).toEqual({
      ...{ isResolved: false, isMock: false, severity: "warning", at, id: uuid },
    });
    const later = new Date(at.getTime() + 5);
    expect(parsePlace(placeText({ ...last, state: "resolved", resolvedAt: later }))).toMatchObject({
      isResolved: true,
      at: later,
    });
  });

  it.each([undefined, "", "w", `w_o_dire_1_${uuid}`, `w_o_info_1e9_${uuid}`, `x_o_info_1_${uuid}`])(
    "%s is none",
    (text) => {
      expect(parsePlace(text)).toBeNull();
    },
  );
});
