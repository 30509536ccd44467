import { describe, expect, it } from "vitest";
import { ALL_EVENT_TYPES } from "#lib/events/types.ts";
import { SIGNAL_KEYS } from "#lib/orders/signals.ts";
import { MESSAGE_LANGUAGES } from "../channels/fields-schema.ts";
import { exampleMessage, messageWithCodes, messageWithLink } from "../testing/example-message.ts";
import { timeOf } from "./plain-values.ts";
import { tellMessage } from "./tell-message.ts";
import { TEST_TYPE, WORDS } from "./words.ts";

const told = (type: string, data: Record<string, unknown>, language: "en" | "hi" = "en") => {
  const message = exampleMessage({}, { type });
  return tellMessage({ ...message, payload: { ...message.payload, type, data } }, language);
};

const factsOf = (type: string, data: Record<string, unknown>) =>
  Object.fromEntries(told(type, data).facts.map(({ label, value }) => [label, value]));

describe("tellMessage", () => {
  it("tells an order", () => {
    const { title, facts, codes, links } = tellMessage(exampleMessage(), "en");
    expect(title).toBe("Order completed: web-1042");
    expect(facts).toEqual([
      { label: "Customer reference", value: "priya@example.com" },
      { label: "Goods", value: "2 × Steam Wallet <25> & more (2 of 2 codes stored)" },
      { label: "Total", value: "50.00 USD" },
      { label: "Status", value: "completed" },
      { label: "Supplier", value: "foxreload" },
      { label: "Supplier order", value: "990011" },
      { label: "Time", value: "21 Nov 2026, 18:30 UTC" },
    ]);
    expect(codes).toEqual([]);
    expect(links.map(({ label }) => label)).toEqual(["Open the order"]);
  });

  it("tells codes and claim links apart from the facts", () => {
    expect(tellMessage(messageWithCodes(["A-1", "A-2"]), "en").codes).toEqual([
      { product: "Steam Wallet <25> & more", values: ["A-1", "A-2"] },
    ]);
    expect(
      tellMessage(messageWithLink("https://ops.example.com/claim/7#s"), "hi").links[0],
    ).toEqual({
      label: "कोड खोलें (एक बार, 22 नव॰ 2026, 6:30 pm UTC तक)",
      url: "https://ops.example.com/claim/7#s",
    });
  });

  it("tells what is about no order", () => {
    const balance = {
      ...{ supplier: "foxreload", currency: "USD", available: "12.5", lowAt: "50", okAt: "60" },
      since: "2026-11-21T18:00:00.000Z",
    };
    expect(told("balance.low", balance).title).toBe("Balance low: foxreload");
    expect(factsOf("balance.low", balance)).toMatchObject({
      Available: "12.5 USD",
      "Low below": "50 USD",
    });
    const alert = {
      ...{ key: "stock_low", subject: "Steam 25", orderId: null },
      ...{ openedAt: "2026-11-21T18:00:00.000Z", data: { available: 2, line: 5, hidden: null } },
    };
    expect(told("alert.opened", alert).title).toBe("Needs a look: Stock low");
    expect(factsOf("alert.opened", alert)).toMatchObject({ About: "Steam 25", Available: "2" });
    const disabled = { endpointId: "e", name: "Shop", channel: "webhook", why: "gone", dropped: 3 };
    expect(told("delivery.endpoint_disabled", disabled).title).toBe("Endpoint disabled: Shop");
    expect(factsOf("delivery.endpoint_disabled", disabled)).toMatchObject({
      Reason: "It answered that it is gone (410)",
      "Deliveries dropped": "3",
    });
  });

  it("names the page that it leads to", () => {
    const links = (type: string) => tellMessage(exampleMessage({}, { type }), "en").links;
    expect(links("alert.opened").map(({ label }) => label)).toEqual(["Open the alert"]);
    expect(links("balance.low").map(({ label }) => label)).toEqual(["Open the balance"]);
    expect(links("delivery.endpoint_disabled").map(({ label }) => label)).toEqual(["Open Keyhold"]);
  });

  it("marks what isn't real", () => {
    const message = exampleMessage({ isMock: true });
    expect(tellMessage(message, "en").title).toBe("[Mock] Order completed: web-1042");
    expect(tellMessage(message, "hi").title).toBe("[मॉक] ऑर्डर पूरा: web-1042");
  });

  it("keeps a title to one short line", () => {
    const { title } = tellMessage(
      exampleMessage({ clientRef: `a\r\nb\u2028${"😀".repeat(99)}` }),
      "en",
    );
    expect(title).toMatch(/^Order completed: a b 😀+…$/u);
    expect(title.length).toBeLessThanOrEqual(150);
    expect(title).not.toMatch(/\p{Cs}/u);
  });

  it.each(MESSAGE_LANGUAGES)("survives everything unexpected in %s", (language) => {
    const odd = [undefined, null, 7, "x", [], [null], {}, { codes: [null, 7, {}] }];
    for (const type of [...ALL_EVENT_TYPES, TEST_TYPE, "something.new", "__proto__"]) {
      for (const value of odd) {
        const data = {
          ...{ items: value, claim: value, data: value, key: value, status: value, since: value },
          ...{ clientRef: value, total: value, name: value, supplier: value, why: value },
        };
        const { title, facts } = told(type, data, language);
        expect(title).not.toMatch(/undefined|\[object/);
        expect(JSON.stringify(facts)).not.toMatch(/undefined|\[object|NaN|Invalid/);
      }
    }
  });

  it("has words for every event and every alert in both languages", () => {
    for (const words of Object.values(WORDS)) {
      expect(Object.keys(words.titles).sort()).toEqual([...ALL_EVENT_TYPES, TEST_TYPE].sort());
      for (const key of SIGNAL_KEYS) expect(words.alerts).toHaveProperty(key);
    }
    expect(Object.keys(WORDS.hi.alerts).sort()).toEqual(Object.keys(WORDS.en.alerts).sort());
    expect(Object.keys(WORDS.hi.statuses).sort()).toEqual(Object.keys(WORDS.en.statuses).sort());
  });
});

describe("timeOf", () => {
  it("is in UTC, and nothing for no time", () => {
    expect(timeOf("2026-11-21T18:30:59.999Z", "en")).toBe("21 Nov 2026, 18:30 UTC");
    expect(timeOf("", "en")).toBe("");
    expect(timeOf("soon", "hi")).toBe("");
  });
});
