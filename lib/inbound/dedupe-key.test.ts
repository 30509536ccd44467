import { describe, expect, it } from "vitest";
import type { News } from "#lib/suppliers/inbound.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { dedupeKey, maySayMore } from "./dedupe-key.ts";

const unsigned = { kind: "verified", scheme: "hmac_sha256", messageId: null } as const;
const signed = { ...unsigned, scheme: "standard_webhooks", messageId: "msg_1" };
const news = (facts: Partial<Extract<News, { kind: "order" }>> = {}): News => ({
  ...{
    kind: "order",
    event: "order.fulfilled",
    eventId: null,
    reference: "r",
    supplierOrderId: "s",
  },
  ...{ at: new Date("2026-11-22T08:00:00Z"), order: null, status: "completed", ...facts },
});
const raw = Buffer.from("{}");
const other = Buffer.from("{ }");

describe("dedupeKey", () => {
  it.each<[string, News, News]>([
    ["an event of another kind", news(), news({ event: "order.refunded" })],
    ["another status", news(), news({ status: "refunded" })],
    ["another time", news(), news({ at: new Date("2026-11-22T08:00:01Z") })],
    ["another order", news(), news({ reference: "q" })],
    ["another id", news({ eventId: "e" }), news({ eventId: "f" })],
    [
      "an id that is the order's",
      news({ eventId: "e" }),
      news({ eventId: "e", event: "order.refunded" }),
    ],
    ["parts that touch", news({ eventId: "ab", event: "c" }), news({ eventId: "a", event: "bc" })],
    ["a status of nothing", news({ status: null }), news({ status: "" })],
  ])("tells %s apart", (_, one, another) => {
    expect(dedupeKey(unsigned, one, raw)).not.toBe(dedupeKey(unsigned, another, raw));
  });

  it("knows what was signed under an id, or has one, whatever else stands in it", () => {
    expect(dedupeKey(signed, news(), raw)).toBe(dedupeKey(signed, news({ event: "x" }), other));
    const named = news({ eventId: "e" });
    expect(dedupeKey(unsigned, named, raw)).toBe(dedupeKey(unsigned, named, other));
    expect(dedupeKey(unsigned, news(), raw)).toBe(dedupeKey(unsigned, news(), other));
    const late = { ...named, at: new Date("2026-11-22T09:00:00Z") };
    expect(dedupeKey(unsigned, named, raw)).toBe(dedupeKey(unsigned, late, raw));
  });

  it("goes by the bytes where nothing else tells", () => {
    const nothings: News[] = [
      { kind: "unreadable", why: "?" },
      { kind: "nothing", event: "test", eventId: null },
      news({ at: null }),
      news({ reference: null, supplierOrderId: null }),
    ];
    for (const one of nothings) {
      expect(dedupeKey(unsigned, one, raw)).toBe(dedupeKey(unsigned, one, raw));
      expect(dedupeKey(unsigned, one, raw)).not.toBe(dedupeKey(unsigned, one, other));
    }
  });

  it("keeps each telling of a whole order that isn't the same to the byte", () => {
    const order = { supplierOrderId: "s" } as SupplierOrder;
    const whole = news({ eventId: "e", order });
    expect(dedupeKey(unsigned, whole, raw)).toBe(dedupeKey(unsigned, whole, raw));
    expect(dedupeKey(unsigned, whole, raw)).not.toBe(dedupeKey(unsigned, whole, other));
  });

  it("is short, whatever the ids are", () => {
    const eventId = "\u0000ü".repeat(100_000);
    expect(dedupeKey(unsigned, news({ eventId }), raw)).toMatch(/^event:[\w-]{43}$/);
  });
});

describe("maySayMore", () => {
  it("is so of hints without an id and a time", () => {
    expect(maySayMore(unsigned, news({ at: null }))).toBe(true);
    expect(maySayMore(unsigned, news())).toBe(false);
    expect(maySayMore(unsigned, news({ at: null, eventId: "e" }))).toBe(false);
    expect(maySayMore(signed, news({ at: null }))).toBe(false);
    expect(maySayMore(unsigned, { kind: "unreadable", why: "?" })).toBe(false);
  });
});
