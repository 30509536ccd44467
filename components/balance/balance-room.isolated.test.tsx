import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { BalanceRoom } from "#components/balance/balance-room.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locales.ts";
import type { BalanceRoomView, RunwayView, StepView } from "#lib/balance/types.ts";

const address = vi.hoisted(() => ({ query: "" }));
vi.mock("next/navigation", () => ({
  usePathname: () => "/balance",
  useSearchParams: () => new URLSearchParams(address.query),
}));

const at = "2026-11-22T09:00:00.000Z";
const SUPPLIER = "019a0000-0000-7000-8000-000000000001";
const account = (currency: string, facts: Partial<RunwayView> = {}): RunwayView => ({
  ...{ supplierId: SUPPLIER, supplierSlug: "foxreload", supplierName: "FoxReload", currency },
  ...{ available: "100", committed: "7.5", free: "92.5", sampledAt: at, stale: false },
  ...{ lowAt: "50", criticalAt: null, isLow: false, isCritical: false, burns: [], lasts: null },
  ...facts,
});
const step = (facts: Partial<StepView> = {}): StepView => ({
  ...{ id: "s1", fromAt: at, toAt: at, before: "100", after: "600", change: "500" },
  ...{ remainder: "500", state: "unexplained", acceptedBy: null, reason: null },
  ...{ moves: [], movesTotal: 0 },
  ...facts,
});
const room = (facts: Partial<BalanceRoomView> = {}): BalanceRoomView => ({
  ...{ query: "", accounts: [account("USD"), account("RUB")], balances: [], hours: 24 },
  chosen: { supplierId: SUPPLIER, currency: "USD" },
  ...{ buckets: [], unexplained: [], steps: [], topUps: [], unattributed: 0 },
  ...{ mayRecord: true, readAt: at },
  ...facts,
});

async function rendered(view: BalanceRoomView, locale: Locale = "en"): Promise<string> {
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
      <QueryClientProvider client={new QueryClient()}>
        <BalanceRoom initial={view} />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

beforeEach(() => {
  address.query = "";
});

describe("the balance page", () => {
  it.each(["en", "hi"] as const)("says everything in %s", async (locale) => {
    const states = ["open", "explained", "unexplained", "accepted"] as const;
    const steps = states.map((state) =>
      step({
        id: state,
        state,
        ...(state === "accepted" && { acceptedBy: "Asha", reason: "Fee" }),
      }),
    );
    const unexplained = [step({ acceptedBy: "Ravi", reason: "A bonus" })];
    const html = await rendered(room({ steps, unexplained, unattributed: 3 }), locale);
    expect(html).toContain("Fee");
    expect(html).toContain("Ravi");
    expect(html).toContain("A bonus");
    expect(html).toContain('href="/supplier-orders"');
  });

  it("says so where nothing was read yet, and asks for no top-up of nothing", async () => {
    const text = textOf(await rendered(room({ accounts: [], chosen: null })));
    expect(text).toContain("No balance read yet");
    expect(text).not.toContain("Record a top-up");
  });

  it("draws no zero where nothing was read in the time that is shown", async () => {
    const text = textOf(await rendered(room()));
    expect(text).toContain("No readings in this time");
    expect(text).not.toContain("0.00 USD now");
  });

  it("shows low and critical of any currency, and old readings as old", async () => {
    const rubles = account("RUB", { isLow: true, isCritical: true, stale: true });
    const chosen = { supplierId: SUPPLIER, currency: "RUB" };
    const text = textOf(await rendered(room({ accounts: [rubles], chosen })));
    expect(text).toContain("Critical");
    expect(text).toContain("Old");
    expect(text).toContain("Low below 50.00 RUB");
  });

  it("shows what was chosen, and that its figures are still to come", async () => {
    expect(await rendered(room())).not.toContain('aria-busy="true"');
    address.query = `account=${SUPPLIER}:RUB`;
    const html = await rendered(room());
    expect(html).toContain('aria-busy="true"');
    expect(html).toMatch(new RegExp(`<option[^>]*value="${SUPPLIER}:RUB"[^>]*selected`));
  });

  it("offers nothing to those who may not record", async () => {
    const view = room({ unexplained: [step()], mayRecord: false });
    const text = textOf(await rendered(view));
    expect(text).not.toContain("Record");
    expect(text).not.toContain("Let it rest");
  });
});
