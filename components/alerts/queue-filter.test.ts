import { describe, expect, it } from "vitest";
import {
  alertHref,
  filterOfView,
  isNarrowed,
  matchingOf,
  openIdOf,
  queueQueryOf,
  readQueueAddress,
  VIEWS,
  viewOf,
} from "#components/alerts/queue-filter.ts";

const ID = "0199a3c2-7d11-7c3e-9a55-0d8f6a1b2c3d";
const read = (query: string) => readQueueAddress(new URLSearchParams(query));

describe("the queue's address", () => {
  it.each([
    "",
    "state=acknowledged",
    "state=resolved&sort=newest",
    "state=all&mock=with",
    "severity=critical&kind=stalled%2Cslow&supplier=foxreload&q=Steam",
    "state=open%2Cacknowledged&assignee=me&after=abc_DEF-1",
  ])("%s is read back as it is", (query) => {
    expect(queueQueryOf(read(query))).toBe(query);
  });

  it("leaves junk out", () => {
    expect(queueQueryOf(read(`state=lost&severity=&after=${"x".repeat(500)}`))).toBe("");
  });

  it("matches without the page", () => {
    expect(matchingOf(read("severity=critical&after=abc"))).toBe("severity=critical");
  });

  it("names the alert beside the list", () => {
    expect(alertHref(ID, "severity=critical")).toBe(`/alerts/${ID}?severity=critical`);
    expect(alertHref(null, "")).toBe("/alerts");
    expect(openIdOf(`/alerts/${ID.toUpperCase()}`)).toBe(ID);
    for (const path of ["/alerts", "/alerts/x", `/orders/${ID}`, `/alerts/${ID}/x`]) {
      expect(openIdOf(path)).toBeNull();
    }
  });
});

describe("views", () => {
  it.each(VIEWS)("%s is known by its address", (view) => {
    const filter = read(queueQueryOf(filterOfView(view)));
    expect(viewOf(filter)).toBe(view);
    expect(isNarrowed(filter)).toBe(false);
  });

  it("stay themselves when they are narrowed, and sorted anew", () => {
    const filter = read("severity=critical&q=Steam&sort=oldest");
    expect(viewOf(filter)).toBe("critical");
    expect(isNarrowed(filter)).toBe(true);
    expect(isNarrowed(read("sort=oldest"))).toBe(false);
  });

  it("are none of somebody's own making", () => {
    const filter = read("state=all&severity=info");
    expect(viewOf(filter)).toBeNull();
    expect(isNarrowed(filter)).toBe(true);
  });
});
