import { describe, expect, it } from "vitest";
import { pickLocale } from "#i18n/pick-locale.ts";
import { pickTheme, pickTimeZone } from "#i18n/preferences.ts";

describe("pickLocale", () => {
  it.each([
    ["hi", "en", "hi"],
    [undefined, null, "en"],
    [undefined, "", "en"],
    [undefined, "hi-IN,hi;q=0.9,en;q=0.8", "hi"],
    [undefined, "en-GB;q=0.4, hi;q=0.6", "hi"],
    [undefined, "fr, de;q=0.9, hi;q=0.2", "hi"],
    [undefined, "hi;q=0, en;q=0.1", "en"],
    [undefined, "fr,*;q=0.5", "en"],
    ["xx", "hi", "hi"],
    ["../en", ";;;,q=,=", "en"],
  ])("cookie %s and header %s give %s", (cookie, header, expected) => {
    expect(pickLocale(cookie, header)).toBe(expected);
  });
});

describe("pickTheme and pickTimeZone", () => {
  it("take what they know and fall back otherwise", () => {
    expect(pickTheme("dark")).toBe("dark");
    expect(pickTheme("neon")).toBe("system");
    expect(pickTimeZone("Asia/Kolkata")).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
    expect(pickTimeZone("Mars/Olympus")).toBe("UTC");
    expect(pickTimeZone(undefined)).toBe("UTC");
    expect(pickTimeZone("A".repeat(10_000))).toBe("UTC");
  });
});
