import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DetailOrders } from "#components/alerts/detail-orders.tsx";
import { QueueNote } from "#components/alerts/queue-note.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { locales } from "#i18n/locales.ts";
import { ALERT_ACTIONS, ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { type AlertEntryView, type AlertView, ENTRY_KINDS } from "#lib/alerts/types.ts";
import { DetailFacts } from "./detail-facts.tsx";
import { DetailHead } from "./detail-head.tsx";
import { DetailStory } from "./detail-story.tsx";
import { HistoryList } from "./history-list.tsx";

const AT = "2026-11-22T00:00:00.000Z";
const kinds = Object.keys(ALERT_KINDS) as AlertKind[];

function view(kind: AlertKind, more: Partial<AlertView> = {}): AlertView {
  return {
    ...{ id: "a1", kind, subject: "019abcde-0000-7000-8000-000000000001", isGroup: false },
    ...{ severity: "warning", state: "open", isMock: false, openedAt: AT, lastAt: AT },
    ...{ changedAt: AT, occurrences: 1, standing: 1, version: 1, reopened: 0 },
    ...{ supplierId: null, supplierSlug: null, supplierName: "FoxReload", order: null },
    ...{ about: "FoxReload", data: {}, assignee: null, acknowledgedUntil: null },
    ...{ snoozedUntil: null, lastDecision: null, resolution: null, resolvedAt: null },
    ...{ resolvedBy: null, resolveReason: null, groupId: null, entries: [], orders: [] },
    ...{ ordersTotal: 0, actions: [], mayAct: true, nextNotice: null, notices: [], readAt: AT },
    ...more,
  };
}

const entry = (
  kind: AlertEntryView["kind"],
  more: Partial<AlertEntryView> = {},
): AlertEntryView => ({
  ...{ id: kind, kind, at: AT, actorName: null, note: null, data: {} },
  ...more,
});

async function render(locale: (typeof locales)[number], parts: ReactNode): Promise<string> {
  const messages = await loadMessages(locale);
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider
        locale={locale}
        messages={messages}
        timeZone="Asia/Kolkata"
        now={new Date(AT)}
        formats={formats}
        onError={(error) => {
          throw error;
        }}
      >
        {parts}
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

describe.each(locales)("an alert's detail in %s", (locale) => {
  it.each(kinds)("says of %s what happened and what will break", async (kind) => {
    const alert = view(kind);
    const { alerts } = await loadMessages(locale);
    const html = await render(
      locale,
      <>
        <DetailHead alert={alert} />
        <DetailStory alert={alert} />
      </>,
    );
    expect(html).toContain(alerts.kind[kind].title);
    expect(html).toContain(alerts.kind[kind].risk);
    expect(html).not.toMatch(/\{|undefined|null/);
  });

  it("speaks of many orders as many", async () => {
    const html = await render(
      locale,
      <DetailStory alert={view("stalled", { isGroup: true, standing: 12 })} />,
    );
    expect(html).toContain("12 ");
  });

  it.each(ENTRY_KINDS)("has a sentence for %s in its history", async (kind) => {
    const data = {
      until: AT,
      to: "critical",
      into: "a2",
      action: "look_now",
      count: 3,
      standing: 2,
    };
    const some = [entry(kind), entry(kind, { id: "2", actorName: "Asha", note: "So", data })];
    const html = await render(locale, <HistoryList alert={view("stalled", { entries: some })} />);
    expect(html).toContain("Asha");
    expect(html).not.toMatch(/\{|undefined/);
  });

  it("says that what was resolved still stands", async () => {
    const { alerts } = await loadMessages(locale);
    const entries = [entry("reopened", { data: { why: "still_stands", standing: 1 } })];
    const html = await render(locale, <HistoryList alert={view("stalled", { entries })} />);
    expect(html).toContain(alerts.history.reopened.stillStands);
  });

  it("says of an outage's orders what is wrong with each", async () => {
    const { alerts } = await loadMessages(locale);
    const order = { goods: "Steam 20", status: "processing", signalOpenedAt: AT, clearedAt: null };
    const orders = (["stalled", "supplier_down"] as const).map((kind, at) => ({
      ...{ id: `019abcde-0000-7000-8000-00000000000${at}`, kind, ...order },
    })) as AlertView["orders"];
    const html = await render(
      locale,
      <DetailOrders
        alert={view("supplier_down", { orders, ordersTotal: 2, standing: 3 })}
        chosen={null}
        onChoose={() => {}}
      />,
    );
    expect(html).toContain(alerts.kind.stalled.title);
    expect(html).not.toContain(alerts.kind.supplier_down.title);
  });

  it("says to who was about to resolve it that more has come", async () => {
    const { alerts } = await loadMessages(locale);
    const lost = { why: "more" as const, by: null, state: "open" as const, version: 1 };
    const note = (ids: string[]) =>
      render(
        locale,
        <QueueNote
          outcome={{
            ...{ type: "decided", kind: "resolve", undo: null, done: [], more: 0 },
            lost: ids.map((id) => ({ id, ...lost })),
          }}
          onUndo={() => {}}
          onOpen={() => {}}
          onDismiss={() => {}}
        />,
      );
    const one = await note(["a"]);
    expect(one).toContain(alerts.queue.lost.more);
    expect(one).toContain(alerts.queue.look);
    expect(await note(["a", "b"])).not.toMatch(/\{|undefined/);
  });

  it("has words for every action", async () => {
    const entries = ALERT_ACTIONS.map((action) => entry("acted", { id: action, data: { action } }));
    const { alerts } = await loadMessages(locale);
    const html = await render(
      locale,
      <HistoryList alert={view("stalled", { entries: entries.slice(0, 12) })} />,
    );
    for (const action of ALERT_ACTIONS.slice(0, 12)) {
      expect(html).toContain(alerts.action.word[action]);
    }
    expect(Object.keys(alerts.action.word).sort()).toEqual([...ALERT_ACTIONS].sort());
  });

  it("says how it stands in each state", async () => {
    const entries = [entry("acknowledged", { actorName: "Asha" })];
    const standings: Partial<AlertView>[] = [
      { state: "acknowledged", acknowledgedUntil: AT, entries },
      { state: "snoozed", snoozedUntil: AT },
      { state: "resolved", resolution: "cleared", resolvedAt: AT },
      { state: "resolved", resolution: "grouped", resolvedAt: AT, groupId: "g1" },
      { nextNotice: { at: AT, to: "Night shift" } },
      { standing: 0, assignee: { id: "u1", name: "Ravi" }, reopened: 2, isMock: true },
    ];
    const said = await Promise.all(
      standings.map((more) => render(locale, <DetailHead alert={view("stalled", more)} />)),
    );
    expect(said.every((html) => !/\{|undefined/.test(html))).toBe(true);
    expect(said[0]).toContain("Asha");
    expect(said[3]).toContain("/alerts/g1");
    expect(said[4]).toContain("Night shift");
    expect(said[5]).toContain("Ravi");
    const closed = { state: "resolved", resolution: "person", resolvedAt: AT } as const;
    const html = await render(
      locale,
      <DetailHead
        alert={view("stalled", { ...closed, resolvedBy: "Asha", resolveReason: "It came" })}
      />,
    );
    expect(html).toContain("It came");
  });

  it("shows the figures that a rule found, and leaves the rest out", async () => {
    const data = {
      ...{ currency: "USD", available: "12.5", lowAt: "50", criticalAt: "20" },
      ...{ remainder: "-3.25", at: AT, steps: 1, junk: "x", failed: 12, calls: 15, lateMs: 90_000 },
      ...{ word: "weird", why: "silent", twin: "019abcde-0000-7000-8000-000000000002" },
    };
    const html = await render(
      locale,
      <DetailFacts alert={view("balance_unexplained", { data })} />,
    );
    expect(html).toContain("12.50");
    expect(html).toContain("/orders/019abcde-0000-7000-8000-000000000002");
    expect(html).toContain("weird");
    expect(html).toMatch(/12.*15|15.*12/);
    expect(html).not.toContain("junk");
    expect(await render(locale, <DetailFacts alert={view("stalled")} />)).toBe("");
  });
});
