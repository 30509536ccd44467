import { expect, it } from "vitest";
import { supplierOrder } from "#lib/orders/observations.fixture.ts";
import type { News } from "#lib/suppliers/inbound.ts";
import { maskBody } from "./mask-body.ts";

const news: News = {
  ...{ kind: "order", event: "order.fulfilled", eventId: "evt_1", reference: "ref-1" },
  ...{ supplierOrderId: "s-1", at: null, order: null, status: "completed" },
};
const masked = (body: string, said: News = news) => maskBody(Buffer.from(body), said);

it("shows words, ids and times that were read, and masks whatever else could be a code", () => {
  const body = {
    event: "order.fulfilled",
    timestamp: "2026-11-22T08:00:00Z",
    data: {
      ...{ id: "s-1", reference: "ref-1", status: "completed", isGift: false, next: null },
      items: [{ code: "KH-CODE-1", pin: 4711, "KH-CODE-2": "x", serial: "ref-1 KH-CODE-3" }],
    },
  };
  expect(masked(JSON.stringify(body))).toEqual({
    event: "order.fulfilled",
    timestamp: "2026-11-22T08:00:00Z",
    data: {
      ...{ id: "s-1", reference: "ref-1", status: "completed", isGift: false, next: null },
      items: [{ code: "••••", pin: "••••", "••••": "••••", serial: "••••" }],
    },
  });
});

it("shows an order that was read as its adapter redacted it", () => {
  const order = supplierOrder("completed", { redacted: { codes: ["••••"] } });
  expect(masked('{"codes":["KH-CODE-1"]}', { ...news, order })).toEqual({ codes: ["••••"] });
});

it("shows of what is no JSON its shape, and of what is deep or huge not all", () => {
  const unreadable: News = { kind: "unreadable", why: "?" };
  expect(masked("<b>कोड KH-1</b>", unreadable)).toBe("<•>••• ••-•</•>");
  expect(masked("a".repeat(10_000), unreadable)).toHaveLength(2_000);
  expect(JSON.stringify(masked(`${"[".repeat(5_000)}7${"]".repeat(5_000)}`))).not.toContain("7");
  expect(JSON.stringify(masked(JSON.stringify(Array(50_000).fill("KH-1"))))).not.toContain("KH");
  expect(masked("")).toBe("");
});
