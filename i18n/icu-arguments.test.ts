import { describe, expect, it } from "vitest";
import { icuArguments } from "#i18n/icu-arguments.ts";

describe("icuArguments", () => {
  it.each([
    ["Plain words", []],
    ["{ago} and {ago}", ["ago:value"]],
    ["{count, plural, =0 {none} one {# of {total}} other {#}}", ["count:value", "total:value"]],
    ["{part, number, percent}", ["part:number"]],
    ["Read <link>this</link>", ["<link>"]],
    ["It’s '{quoted}' here", []],
    ["{kind, select, a {{x, plural, other {y}}} other {z}}", ["kind:select", "x:value"]],
  ])("%s", (message, expected) => {
    expect(icuArguments(message)).toEqual(expected);
  });

  it.each(["{open", "closed}", "{count, plural, other {x}", "{}"])("refuses %s", (message) => {
    expect(() => icuArguments(message)).toThrow();
  });
});
