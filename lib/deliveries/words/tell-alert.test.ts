import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { exampleOf } from "#lib/events/examples.ts";
import { FACT_NAMES } from "#lib/signals/fact-forms.ts";
import { emailContent } from "../channels/email-content.ts";
import { MESSAGE_LANGUAGES, type MessageLanguage } from "../channels/fields-schema.ts";
import { telegramText } from "../channels/telegram-text.ts";
import { exampleMessage } from "../testing/example-message.ts";

const kinds = Object.keys(ALERT_KINDS) as AlertKind[];
const AT = "2026-06-15T10:00:03.000Z";
const ID = "01993f20-52c4-7c3e-9b61-0f6f3a7d2c10";

/** Whatever a rule may have found, and what is for machines alone. */
const found = {
  ...Object.fromEntries(FACT_NAMES.map((name) => [name, 75_000])),
  ...{ word: "odd", reason: "No stock.", detail: "Busy", error: "timeout", problem: "timeout" },
  ...{ why: "failure_budget", also: "EUR", channel: "webhook", endpoint: "Shop", code: "E17" },
  ...{ got: 3, expected: 5, failed: 4, calls: 9, currency: "USD", amount: "-4.5" },
  ...{ available: "48.25", lowAt: "50", criticalAt: "20", remainder: "-4.5" },
  ...{ since: AT, until: AT, at: AT, firstAt: AT, createdAt: AT, lastBeatAt: AT },
  ...{ supplierOrderId: "7f9c1d", twin: ID, orderId: ID, isHidden: true, region: null },
};

function said(
  kind: string,
  language: MessageLanguage,
  { type = "alert.notice", ...more }: Record<string, unknown> & { type?: string } = {},
) {
  const about = ALERT_KINDS[kind as AlertKind]?.about === "order" ? "shop-20931" : "FoxReload";
  const data = { ...exampleOf("alert.notice").data, key: kind, about, data: found, ...more };
  const example = exampleMessage({}, { type });
  const message = { ...example, payload: { ...example.payload, type, data } };
  const { text, html } = emailContent({ language }, message, "Ops");
  const chat = telegramText({ chatId: "1", language } as never, message).parts.join("\n");
  return { text, html, chat };
}

const consoleOf = (language: MessageLanguage) =>
  JSON.parse(readFileSync(`i18n/messages/${language}/alerts.json`, "utf8")) as {
    kind: Record<string, { what: string; risk: string }>;
    detail: { risk: string; fact: Record<string, string>; why: Record<string, string> };
  };

const ADDRESSES = /\S+(@|:\/\/)\S+/g;
const RAW = /[{}]|undefined|null|NaN|Invalid|\b[a-z]+[A-Z]\w*|\b[a-z]+_[a-z]+/;

describe.each(MESSAGE_LANGUAGES)("an alert in %s", (language) => {
  it.each(kinds)("%s says what is wrong and what will break, and no word of ours", (kind) => {
    const words = consoleOf(language);
    for (const more of [{}, { isGroup: true, standing: 12 }, { type: "alert.opened" }]) {
      const { text, html, chat } = said(kind, language, more);
      for (const told of [text, chat]) {
        expect(told).toContain(`${words.detail.risk} ${words.kind[kind]?.risk}`);
        expect(told.replace(ADDRESSES, "")).not.toMatch(RAW);
      }
      expect(html).toContain(words.kind[kind]?.risk);
    }
    // Whatever was found has its name; the machines' own is left out.
    const { text } = said(kind, language);
    expect(text).toContain(`${words.detail.fact.why}: ${words.detail.why.failure_budget}`);
    expect(text).toContain(`${words.detail.fact.twin}: ${ID}`);
    expect(text).not.toContain("true");
  });

  it("has words for everything that is found", () => {
    const { fact } = consoleOf(language).detail;
    for (const name of FACT_NAMES) expect(fact).toHaveProperty(name);
  });
});

describe("an alert", () => {
  it("is one of many orders where it tells of a group, and names no single one's facts", () => {
    const { text } = said("stalled", "en", { isGroup: true, standing: 12, about: null });
    expect(text).toContain("12 orders have stood in one state");
    expect(text).toContain("Orders: 12");
    expect(text).not.toContain("Limit");
  });

  it("is many where one notice tells of others like it", () => {
    const { text } = said("unconfirmed", "en", { alike: 59 });
    expect(text).toMatch(/^Warning: Order unconfirmed \(shop-20931 and 59 more\)/);
    expect(text).toContain("when 60 orders were sent");
    expect(text).toContain("Orders: 60");
    expect(text).not.toContain("Limit");
    expect(said("unconfirmed", "hi", { alike: 59 }).text).toContain("shop-20931 और 59 और");
  });

  it("names what it is about as its readers do, and nobody of the house", () => {
    const low = { about: null, supplier: "foxreload", subject: ID, orderId: null };
    expect(said("balance_low", "en", low).text).toContain("foxreload holds less than its");
    const person = { about: null, supplier: null, subject: ID, orderId: null };
    const { text } = said("reveals_unusual", "en", person);
    expect(text).toContain("Somebody revealed or handed out unusually many codes");
    expect(text).not.toContain(`About: ${ID}`);
    const invariant = { about: null, supplier: null, subject: "audit_chain", orderId: null };
    expect(said("invariant_violated", "hi", invariant).text).toContain("audit_chain");
  });

  it("puts figures as people read them", () => {
    const { text } = said("supplier_slow", "en", {
      data: { meanMs: 1_500, slowAfterMs: 7_200_000, calls: 9, failed: 4, available: 2, at: AT },
    });
    expect(text).toContain("An answer takes: 1500 ms");
    expect(text).toContain("Slow from: 2 hours");
    expect(text).toContain("Failed: 4 of 9");
    expect(text).toContain("Available: 2\n");
    expect(text).toContain("At: 15 Jun 2026, 10:00 UTC");
    expect(said("supplier_slow", "hi", { data: { slowAfterMs: 120_000 } }).text).toContain(
      "2 मिनट",
    );
  });

  it("says nothing of what will break once it is over, or of a kind of another version", () => {
    const { risk } = consoleOf("en").detail;
    expect(said("stalled", "en", { type: "alert.resolved" }).text).not.toContain(risk);
    for (const kind of ["something_new", "__proto__"]) {
      expect(said(kind, "en").text).not.toContain(risk);
    }
  });
});
