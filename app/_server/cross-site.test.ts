import { expect, it } from "vitest";
import { isCrossSite } from "./cross-site.ts";

it.each([
  [null, false],
  ["same-origin", false],
  ["none", false],
  ["same-site", true],
  ["cross-site", true],
  ["", true],
])("a request from %s is cross-site: %s", (site, expected) => {
  const headers = new Headers(site === null ? {} : { "sec-fetch-site": site });
  expect(isCrossSite(headers)).toBe(expected);
});
