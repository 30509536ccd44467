import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { loadMessages } from "#i18n/catalog.ts";
import { locales } from "#i18n/locales.ts";
import { formatMessage } from "./format-message.ts";

const COUNTS = [1, 2, 500, 12_345];

describe.each(locales)("formatMessage in %s", (locale) => {
  it("says of every alert what the console says", async () => {
    const { alerts } = await loadMessages(locale);
    const translate = createTranslator({ locale, messages: { alerts }, namespace: "alerts" });
    const t = translate as unknown as (key: string, values: object) => string;
    for (const [kind, said] of Object.entries(alerts.kind)) {
      for (const orders of COUNTS) {
        for (const part of ["what", "risk"] as const) {
          const values = { name: "A {b} #1", orders };
          expect(formatMessage(said[part], locale, values)).toBe(t(`kind.${kind}.${part}`, values));
        }
      }
    }
  });
});

describe("formatMessage", () => {
  const say = (message: string, values = {}) => formatMessage(message, "en", values);

  it("takes an exact number before its category", () => {
    const message = "{n, plural, =0 {none} one {# thing} other {# things of {name}}}.";
    const said = [0, 1, 1_200].map((n) => say(message, { n, name: "A#" }));
    expect(said).toEqual(["none.", "1 thing.", "1,200 things of A#."]);
  });

  it.each([
    "{name",
    "a}b",
    "{name, select, a {b} other {c}}",
    "{name, plural, one {1}}",
    "{other}",
  ])("refuses %s", (message) => {
    expect(() => say(message, { name: 2 })).toThrow();
  });
});
