import { describe, expect, it } from "vitest";
import { parseAlertFilter } from "#lib/alerts/alert-filter.ts";
import { exampleOf } from "./examples.ts";
import { pageOf } from "./page-of.ts";
import { ALL_EVENT_TYPES } from "./types.ts";

const BASE = "https://ops.example.com/";
const SUPPLIER = "01993f1e-2c00-7a11-8f00-5b0c7d9e1a01";
const page = (type: string, data: unknown = {}, orderId: string | null = null) =>
  pageOf(BASE, { type, orderId, subject: SUPPLIER, data });

describe("pageOf", () => {
  it.each(ALL_EVENT_TYPES)("is what the example of %s says", (type) => {
    const { data } = exampleOf(type);
    const isOfOrder = type.startsWith("order.") && type !== "order.dossier";
    const url = "url" in data ? data.url : null;
    const orderId = "orderId" in data && isOfOrder ? data.orderId : null;
    expect(page(type, data, orderId)).toBe(orderId ? `${BASE}orders/${orderId}` : url);
  });

  it("leads to the queue where an alert was told without its id", () => {
    expect(page("alert.opened", { key: "stalled" })).toBe(`${BASE}alerts`);
    expect(page("alert.resolved", { alertId: "../settings" })).toBe(`${BASE}alerts`);
    expect(page("alert.opened", null)).toBe(`${BASE}alerts`);
  });

  it("leads to an alert among those alike that the same message tells of", () => {
    const alertId = "01993f29-7a10-7d5e-8c41-2b9e6f0a3d77";
    const notice = { alertId, key: "unconfirmed", supplier: "foxreload", alike: 59 };
    const url = page("alert.notice", notice);
    expect(url).toBe(`${BASE}alerts/${alertId}?kind=unconfirmed&supplier=foxreload`);
    const filter = parseAlertFilter(new URL(url ?? "").searchParams);
    expect(filter).toMatchObject({ kinds: ["unconfirmed"], suppliers: ["foxreload"] });
    const mock = page("alert.notice", { ...notice, isMock: true });
    expect(parseAlertFilter(new URL(mock ?? "").searchParams)).toMatchObject({ mock: "only" });
    expect(page("alert.notice", { ...notice, alike: 0 })).toBe(`${BASE}alerts/${alertId}`);
  });

  it("keeps what a supplier calls its currency inside the address", () => {
    expect(page("balance.low", { currency: "A&B#" })).toBe(
      `${BASE}balance?account=${SUPPLIER}:A%26B%23`,
    );
  });
});
