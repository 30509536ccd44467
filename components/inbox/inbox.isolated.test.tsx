import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { InboxRoom } from "#components/inbox/inbox-room.tsx";
import type { InboxView, MessageView } from "#components/inbox/inbox-view.ts";
import { MessageRoom } from "#components/inbox/message-room.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { type Locale, locales } from "#i18n/locales.ts";
import { INBOX_PROBLEMS, INBOX_STATES, type InboxRow } from "#lib/inbound/types.ts";

const address = vi.hoisted(() => ({ query: "" }));
vi.mock("next/navigation", () => ({
  usePathname: () => "/suppliers/inbox",
  useSearchParams: () => new URLSearchParams(address.query),
}));

const AT = "2026-11-22T09:00:00.000Z";
const ORDER = "019a0000-0000-7000-8000-00000000000a";
const row = (facts: Partial<InboxRow> = {}): InboxRow => ({
  ...{ id: "019a0000-0000-7000-8000-000000000001", via: "webhook", event: "order.fulfilled" },
  supplier: { slug: "game-keys", name: "Game keys" },
  ...{ state: "done", receivedAt: AT, repeats: 0, tries: 1, nextAt: null, problem: null },
  orderId: ORDER,
  ...facts,
});
const view = (facts: Partial<InboxView> = {}): InboxView => ({
  ...{ rows: [row()], next: null, may: { manage: true }, readAt: AT },
  counts: { waiting: 0, unmatched: 1, unreadable: 1, failed: 1 },
  ...facts,
});
const message = (facts: Partial<MessageView> = {}): MessageView => ({
  ...row(),
  ...{ scheme: "hmac-sha256", bytes: 512, settledAt: AT },
  order: { id: ORDER, clientRef: "ref", status: "completed" },
  body: { event: "order.fulfilled", codes: ["••••"] },
  ...{ may: { manage: true, see: true }, readAt: AT },
  ...facts,
});

async function rendered(parts: ReactNode, locale: Locale = "en"): Promise<string> {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={await loadMessages(locale)}
      formats={formats}
      timeZone="UTC"
      now={new Date(AT)}
      onError={(error) => {
        throw error;
      }}
    >
      <QueryClientProvider client={new QueryClient()}>{parts}</QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}
const list = (facts?: Partial<InboxView>, locale?: Locale) =>
  rendered(<InboxRoom initial={view(facts)} initialQuery={address.query} />, locale);
const one = (facts?: Partial<MessageView>, locale?: Locale) =>
  rendered(<MessageRoom initial={message(facts)} />, locale);

beforeEach(() => {
  address.query = "";
});

describe.each(locales)("the inbox in %s", (locale) => {
  it("has words for every state and every trouble", async () => {
    const rows = INBOX_STATES.map((state, index) =>
      row({ id: `019a0000-0000-7000-8000-0000000000${10 + index}`, state, repeats: index }),
    );
    const troubled = INBOX_PROBLEMS.map((code, index) =>
      row({
        id: `019a0000-0000-7000-8000-0000000000${30 + index}`,
        ...{ state: "failed", event: null, via: "socket", orderId: null },
        problem: { code, detail: "as it was" },
      }),
    );
    expect(await list({ rows: [...rows, ...troubled] }, locale)).toContain("as it was");
    for (const state of INBOX_STATES) await one({ state, problem: null }, locale);
    for (const code of INBOX_PROBLEMS) {
      await one({ state: "failed", problem: { code, detail: null } }, locale);
    }
  });
});

describe("the inbox", () => {
  it("says how many somebody has to look at", async () => {
    expect(await list()).toMatch(/To look at\s+3/);
  });

  it("says what will be here, or that nothing fits", async () => {
    expect(await list({ rows: [] })).toContain("No supplier has told anything yet");
    address.query = "attention=1";
    expect(await list({ rows: [] })).toContain("No message fits these filters");
  });

  it("never shows what is in a message", async () => {
    expect(await list()).not.toContain("••••");
  });
});

describe("a message's page", () => {
  it("offers to work on it again, and to set aside what is in trouble", async () => {
    expect(await one()).toContain("Work on it again");
    expect(await one()).not.toContain("Set aside");
    expect(await one({ state: "unmatched", problem: null })).toContain("Set aside");
    expect(await one({ state: "waiting", nextAt: AT })).not.toContain("Work on it again");
    expect(await one({ may: { manage: false, see: false } })).not.toContain("Work on it again");
  });

  it("says why there is no body, and never more than the masked one", async () => {
    expect(await one()).toContain("••••");
    const nobody = await one({ body: null, may: { manage: false, see: false } });
    expect(nobody).toContain("Only admins see what messages say.");
    expect(await one({ body: null })).toContain("It can’t be opened");
  });
});
