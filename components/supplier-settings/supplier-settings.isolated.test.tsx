import { text as textFrom } from "node:stream/consumers";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { prerenderToNodeStream } from "react-dom/static";
import { describe, expect, it, vi } from "vitest";
import { AT, accountFixture } from "#components/supplier-settings/account.fixture.ts";
import { AccountRoom } from "#components/supplier-settings/account-room.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { AccountsRoom } from "#components/supplier-settings/accounts-room.tsx";
import { EditSupplierRoom } from "#components/supplier-settings/edit-supplier-room.tsx";
import { formKinds } from "#components/supplier-settings/kind-fields.ts";
import { LimitsRoom } from "#components/supplier-settings/limits-room.tsx";
import { NewSupplierRoom } from "#components/supplier-settings/new-supplier-room.tsx";
import { SecretOnce } from "#components/supplier-settings/secret-once.tsx";
import { TriedNotice } from "#components/supplier-settings/tried-notice.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { type Locale, locales } from "#i18n/locales.ts";
import type { SocketView, SuppliersRoomView, TriedConnection } from "#lib/suppliers/room-types.ts";

vi.mock("next/navigation", () => ({
  usePathname: () => "/settings/suppliers",
  useRouter: () => ({ push: () => undefined, refresh: () => undefined }),
  useSearchParams: () => new URLSearchParams(),
}));
// Doors lead into the server; nothing here goes through one.
vi.mock("#app/(console)/settings/suppliers/actions.ts", () => ({
  ...{ addSupplierAction: null, editSupplierAction: null, configureSupplierAction: null },
  ...{ testSupplierAction: null, testSupplierDraftAction: null, pauseSupplierAction: null },
  ...{ resumeSupplierAction: null, rotateSupplierSecretAction: null },
}));
vi.mock("#app/(console)/prove-action.ts", () => ({ proveAgainAction: null }));

/** As the server sends it, with the parts whose code comes later. */
async function rendered(parts: ReactNode, locale: Locale = "en"): Promise<string> {
  const { prelude } = await prerenderToNodeStream(
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
    {
      onError: (error) => {
        throw error;
      },
    },
  );
  return textFrom(prelude);
}
const textOf = (html: string) =>
  html
    .replaceAll(/<(script|template)[^>]*>.*?<\/\1>/gs, " ")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
const page = async (facts: Partial<AccountView> = {}, locale: Locale = "en") =>
  textOf(await rendered(<AccountRoom initial={accountFixture(facts)} />, locale));

const LATER = "2099-01-01T00:00:00.000Z";
const pause = { until: LATER, why: "Moving house", by: "Asha" };
const socket: SocketView = {
  ...{ state: "down", since: AT, seenAt: null, connects: 2, updates: 7, lastError: "closed" },
};

describe.each(locales)("suppliers in Settings, in %s", (locale) => {
  it("says everything of an account, whatever it is like", async () => {
    const troubles = [
      "secret_missing",
      "secret_locked",
      "config_unreadable",
      "unknown_kind",
    ] as const;
    for (const notConnected of troubles) await page({ notConnected, traits: null }, locale);
    for (const state of ["up", "connecting", "down"] as const) {
      await page({ socket: { ...socket, state } }, locale);
    }
    const text = await page({ orderingPaused: pause, pollingPaused: pause, socket }, locale);
    expect(text).toContain("Moving house");
    expect(text).toContain("https://ops.example.com/api/webhooks/game-keys");
    expect(text).toContain("unheard_of");
  });

  it("lists accounts, each way they may stand", async () => {
    const { budget: _, ...fixture } = accountFixture();
    const row = { ...fixture, budget: accountFixture().budget };
    const view: SuppliersRoomView = {
      rows: [
        row,
        { ...row, id: "2", socket, inboxTroubled: 3, kind: "unheard" },
        { ...row, id: "3", push: null, notConnected: "secret_locked", target: null },
        { ...row, id: "4", push: "none", orderingPaused: pause },
      ],
      ...{ may: { manage: true }, readAt: AT },
    };
    expect(await rendered(<AccountsRoom initial={view} />, locale)).toContain(
      'href="/settings/suppliers/game-keys"',
    );
    const none = { ...view, rows: [], may: { manage: false } };
    expect(await rendered(<AccountsRoom initial={none} />, locale)).not.toContain("/new");
  });

  it("has a form for every kind, and one for limits", async () => {
    for (const kind of formKinds) {
      const form = <NewSupplierRoom kind={kind} consoleUrl="https://ops.example.com" />;
      expect(await rendered(form, locale)).toContain('name="secrets.apiKey"');
    }
    await rendered(<LimitsRoom account={accountFixture()} />, locale);
    await rendered(<EditSupplierRoom account={accountFixture({ kind: "unheard" })} />, locale);
  });

  it("says what came of a call, in every case", async () => {
    const outcomes: TriedConnection[] = [
      {
        ...{ kind: "answered", tookMs: 140 },
        balances: [{ currency: "USD", available: "12.5", reserved: "0", pending: "0" }],
      },
      { kind: "untried" },
      { kind: "refused", class: "auth", detail: "bad key", tookMs: 9 },
      { kind: "refused", class: "validation", detail: "odd", tookMs: 9 },
      { kind: "unreachable", why: "refused" },
    ];
    for (const tried of outcomes) await rendered(<TriedNotice tried={tried} isUnsaved />, locale);
    const once = <SecretOnce made={{ webhookSecret: "whsec_abc" }} webhookUrl="https://x/y" />;
    expect(await rendered(once, locale)).toContain("whsec_abc");
  });
});

describe("an account's page", () => {
  it("shows secrets by their end alone, and until when a replaced one counts", async () => {
    const text = await page();
    expect(text).toContain("Ends in 9f3a");
    expect(text).toContain("Still taken until");
  });

  it("offers nothing to those who may not change it, and no answers to those who may not see them", async () => {
    const text = await page({ may: { manage: false }, config: null, answers: null });
    for (const word of ["Test connection", "Replace", "Edit", "Change limits", "answered lately"]) {
      expect(text).not.toContain(word);
    }
  });

  it("says that what isn't proved is refused", async () => {
    const inbound = { ...accountFixture().inbound, isOpen: false } as AccountView["inbound"];
    expect(await page({ inbound })).toContain("What it sends is refused");
  });

  it("leaves a key from the environment to whoever runs the server", async () => {
    const [key] = accountFixture().secrets;
    const ofEnvironment = { ...key, isFromEnvironment: true, current: null };
    const text = await page({ secrets: [ofEnvironment] as AccountView["secrets"] });
    expect(text).not.toContain("Not set");
    expect(text).toContain("From the server’s environment");
    expect(text).not.toContain("Replace API key");
  });

  it("has no word of a socket or of webhooks where there is neither", async () => {
    const text = await page({ inbound: null, webhookUrl: null, push: "none" });
    expect(text).not.toContain("Webhook address");
    expect(text).not.toContain("Last sign of life");
  });
});
