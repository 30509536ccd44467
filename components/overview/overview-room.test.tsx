import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { AlertTitles } from "#components/overview/alert-section.tsx";
import { OutcomeTable } from "#components/overview/outcome-table.tsx";
import { OverviewRoom } from "#components/overview/overview-room.tsx";
import { SpendTable } from "#components/overview/spend-table.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locales.ts";
import type { AlertRow } from "#lib/alerts/types.ts";
import type { OrderRow } from "#lib/orders/types.ts";
import type { Overview, Trends } from "#lib/overview/types.ts";

const at = "2026-11-22T09:00:00.000Z";
const order: OrderRow = {
  ...{ id: "o1", status: "processing", isMock: false, productName: "Steam Wallet", moreItems: 0 },
  ...{ quantity: 1, total: "4.75", currency: "USD", customerRef: null, placedBy: "Asha" },
  ...{ createdAt: at, statusChangedAt: at, lastLookedAt: null, nextPollAt: null, failedLooks: 0 },
  ...{ codesStored: 0, codesExpected: 1, signals: [] },
};
const alert = {
  ...{ id: "a1", kind: "stalled", severity: "warning", isGroup: false, standing: 1 },
  ...{ order: { goods: "Steam Wallet" }, about: null, supplierName: "FoxReload" },
  ...{ assignee: null, openedAt: at },
} as AlertRow;
const overview: Overview = {
  alerts: {
    bySeverity: { critical: 0, warning: 3, info: 1_000 },
    ...{ acknowledged: 1, snoozed: 2 },
    worst: [alert, { ...alert, id: "a2", isGroup: true, standing: 500, order: null }],
  },
  counts: {
    ...{ submitting: 0, unconfirmed: 1, rejected: 0, awaiting_payment: 2, paid: 3 },
    ...{ processing: 40, completed: 1_200, partial: 0, cancelled: 5, failed: 6, refunded: 0 },
  },
  finishedSince: at,
  oldestOpen: [order],
  recentlyDone: [{ ...order, id: "o2", status: "completed" }],
  times: [
    {
      ...{ supplierId: "s1", externalId: "p1", productId: "p1", name: "Steam Wallet" },
      ...{ samples: 40, p50: 12_000, p95: 95_000 },
    },
  ],
  runway: [
    {
      ...{ supplierId: "s1", supplierSlug: "foxreload", supplierName: "FoxReload" },
      ...{ currency: "USD", available: "100", committed: "0", free: "100", sampledAt: at },
      ...{ stale: false, lowAt: "200", criticalAt: null, isLow: true, isCritical: false },
      ...{ burns: [], lasts: { atLeast: 26, atMost: 100 } },
    },
  ],
  spend: { since: at, of: [{ currency: "USD", orders: 3, amount: "12.5", lost: "4.75" }] },
  deliveries: {
    ...{ since: at, success: 98, failed: 2, pending: 7, isCapped: false, oldestPendingAt: at },
  },
  suppliers: [
    {
      ...{ slug: "foxreload", name: "FoxReload", health: "ok", lastOkAt: at },
      ...{ calls: 200, failedCalls: 3 },
    },
  ],
  readAt: at,
};
const trends: Trends = {
  hours: [{ at, completed: 3, partial: 1, failed: 0, cancelled: 0, refunded: 0 }],
  days: [{ at, spent: { USD: "12.5", EUR: "1" }, orders: 4 }],
  currencies: ["USD", "EUR"],
  readAt: at,
};

async function rendered(locale: Locale, node: React.ReactNode): Promise<string> {
  const messages = await loadMessages(locale);
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages}
      formats={formats}
      timeZone="UTC"
      now={new Date(at)}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={new QueryClient()}>{node}</QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

const room = (initial: Overview, firstDay = false) => (
  <OverviewRoom
    initial={initial}
    firstDay={firstDay}
    titles={{ stalled: "Stalled" } as AlertTitles}
    mayPlace
  />
);

describe("the overview", () => {
  it.each(["en", "hi"] as const)("says everything in %s", async (locale) => {
    const html = await rendered(locale, room(overview));
    for (const href of [
      "/alerts?severity=warning",
      "/alerts/a1",
      "/orders?status=processing&amp;mock=without",
      "/orders?status=failed&amp;mock=without&amp;finishedSince=2026-11-22T09%3A00%3A00.000Z",
      "/orders?paidSince=2026-11-22T09%3A00%3A00.000Z&amp;currency=USD&amp;mock=without",
      "/balance?account=s1:USD",
      "/suppliers",
      "/deliveries?state=pending",
      "/orders?search=Steam%20Wallet&amp;mock=without",
    ]) {
      expect(html).toContain(`href="${href}"`);
    }
    const tables = (
      <>
        <OutcomeTable hours={trends.hours} />
        <SpendTable trends={trends} />
      </>
    );
    expect(await rendered(locale, tables)).toContain("12.5");
  });

  it("tells what it means in plain words", async () => {
    const html = (await rendered("en", room(overview))).replaceAll(/<[^>]+>/g, "");
    expect(html).toContain("1,000+");
    expect(html).toContain("500 orders");
    expect(html).toContain("Lasts 1 day to 4 days");
    expect(html).toContain("4.75 USD of it for orders that came to nothing");
    expect(html).toContain("Half within 12 s, nearly all within 95 s; 40 orders");
    expect(html).toContain("98%of 100 deliveries");
    expect(html).toContain("1.5% of 200 calls in the last hour without an answer");
  });

  it("leaves out what the reader may not see, and begins with the first order", async () => {
    const nothing: Overview = {
      ...overview,
      ...{ alerts: null, spend: null, runway: null, deliveries: null, suppliers: null },
    };
    expect(await rendered("en", room(nothing))).not.toContain("/alerts");
    const quiet: Overview = {
      ...{ ...nothing, oldestOpen: [], recentlyDone: [] },
      counts: Object.fromEntries(
        Object.keys(overview.counts).map((status) => [status, 0]),
      ) as Overview["counts"],
    };
    expect(await rendered("en", room(quiet, true))).toContain("Place your first order");
  });
});
