import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("safeNext", () => {
  it.each([
    ["/orders", "/orders"],
    ["/orders/new?product=1&from=2#top", "/orders/new?product=1&from=2#top"],
    ["/orders/../codes", "/codes"],
    ["/loginish", "/loginish"],
  ])("keeps %s", (asked, expected) => {
    expect(safeNext(asked)).toBe(expected);
  });

  it.each([
    undefined,
    ["/orders"],
    "",
    "orders",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/.//evil.example",
    "/orders/..//evil.example",
    "/%2e//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/login?next=/login",
    "/api/live/orders",
    `/${"a".repeat(3_000)}`,
  ])("goes to the overview instead of %j", (asked) => {
    expect(safeNext(asked)).toBe("/");
  });
});
