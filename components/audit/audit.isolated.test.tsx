import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { AuditRoom } from "#components/audit/audit-room.tsx";
import type { AuditView } from "#components/audit/audit-view.ts";
import { EntryRoom } from "#components/audit/entry-room.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { type Locale, locales } from "#i18n/locales.ts";
import {
  AUDIT_ACTOR_KINDS,
  AUDIT_OBJECT_KINDS,
  type AuditChainState,
  type AuditRow,
  BREAKS,
} from "#lib/audit/types.ts";

const address = vi.hoisted(() => ({ query: "" }));
vi.mock("next/navigation", () => ({
  usePathname: () => "/settings/audit",
  useSearchParams: () => new URLSearchParams(address.query),
}));
// What they do is theirs to test; they need a server.
vi.mock("#app/(console)/settings/audit/actions.ts", () => ({ askToExportAction: null }));

const AT = "2026-11-22T09:00:00.000Z";
const row = (facts: Partial<AuditRow> = {}): AuditRow => ({
  ...{ id: "0000000000000000042", seq: "42", at: AT },
  ...{ actorKind: "user", actorId: "019a0000-0000-7000-8000-000000000001", actorName: "Asha Rao" },
  ...{ action: "endpoint.changed", objectKind: "endpoint" },
  objectId: "019a0000-0000-7000-8000-00000000000a",
  ...{
    reason: null,
    details: { settings: true },
    before: { name: "Shop" },
    after: { name: "Bot" },
  },
  ...{ address: "203.0.113.7", agent: "Browser/1", correlationId: "c-1", hash: "ab".repeat(32) },
  ...facts,
});
const whole: AuditChainState = { verifiedSeq: "42", verifiedAt: AT, wholeAt: AT, broken: null };
const view = (facts: Partial<AuditView> = {}): AuditView => ({
  ...{ rows: [row()], next: null, chain: whole, may: { export: true }, readAt: AT },
  ...facts,
});

async function html(parts: ReactNode, locale: Locale = "en"): Promise<string> {
  return renderToStaticMarkup(
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
}
const textOf = (markup: string) => markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const list = (facts?: Partial<AuditView>, locale?: Locale) =>
  html(<AuditRoom initial={view(facts)} initialQuery={address.query} />, locale);
const one = (facts?: Partial<AuditRow>, locale?: Locale) =>
  html(<EntryRoom entry={row(facts)} may={{ people: true, apiKeys: true }} />, locale);

beforeEach(() => {
  address.query = "";
});

describe.each(locales)("the audit log in %s", (locale) => {
  it("has words for everything that an entry can be about, and every break", async () => {
    for (const objectKind of AUDIT_OBJECT_KINDS) await one({ objectKind }, locale);
    for (const actorKind of AUDIT_ACTOR_KINDS) await one({ actorKind }, locale);
    for (const why of BREAKS) {
      const chain = { ...whole, broken: { seq: "7", why } };
      expect(textOf(await list({ chain }, locale))).toContain("7");
    }
    address.query =
      "actorKind=user&actor=Asha&action=code.revealed&objectKind=code&object=a1&correlation=c1&since=2026-01-02T03:04:00.000Z&until=2026-01-03T03:04:00.000Z";
    expect(textOf(await list({ rows: [] }, locale))).toContain("code.revealed");
  });
});

describe("the audit log", () => {
  it("shows what was done, and how far it is whole", async () => {
    const text = textOf(await list());
    expect(text).toContain("endpoint.changed");
    expect(text).toContain("Asha Rao");
    expect(text).toContain("name: Shop → Bot");
    expect(text).toContain("Whole up to entry 42");
    expect(textOf(await list({ rows: [row({ reason: "asked by him" })] }))).toContain(
      "asked by him",
    );
    const unknown = { verifiedSeq: null, verifiedAt: null, wholeAt: null, broken: null };
    expect(textOf(await list({ chain: unknown }))).toContain("not been looked through yet");
  });

  it("gives it as a file to whoever may take it, as it is filtered", async () => {
    address.query = "action=order";
    const markup = await list();
    expect(markup).toContain('href="/api/audit/export?format=csv&amp;action=order"');
    expect(markup).toContain("format=jsonl");
    expect(await list({ may: { export: false } })).not.toContain("/api/audit/export");
  });

  it("says when there is nothing", async () => {
    expect(textOf(await list({ rows: [] }))).toContain("Nothing has been done yet");
  });
});

describe("an entry", () => {
  it("shows everything of it, and leads to the thing", async () => {
    const markup = await one({ reason: "because" });
    for (const said of [
      "Entry 42",
      "because",
      "203.0.113.7",
      "Browser/1",
      "Shop",
      "Bot",
      "settings",
    ])
      expect(textOf(markup)).toContain(said);
    expect(markup).toContain('href="/settings/endpoints/019a0000-0000-7000-8000-00000000000a"');
    expect(markup).toContain('href="/settings/audit?correlation=c-1"');
    expect(textOf(await one({ hash: null }))).toContain("Older than the chain");
  });

  it("takes nothing for markup", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const facts = { reason: evil, agent: evil, actorName: evil, objectId: evil, action: evil };
    const markup = `${await one({ ...facts, details: { [evil]: evil }, after: { [evil]: evil } })}${await list({ rows: [row(facts)] })}`;
    expect(markup).not.toContain("<img");
    expect(markup).toContain("&lt;img");
  });
});
