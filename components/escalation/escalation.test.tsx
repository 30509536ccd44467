import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DossierText } from "#components/dossier/dossier-text.tsx";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { locales } from "#i18n/locales.ts";
import type { DossierData } from "#lib/alerts/dossier/types.ts";
import { SEVERITIES } from "#lib/alerts/types.ts";
import { KindFields } from "./kind-fields.tsx";
import { emptyPolicy } from "./policy-draft.ts";
import { type PolicyPicture, PolicyWords } from "./policy-words.tsx";
import { QuietFields } from "./quiet-fields.tsx";
import { StepFields } from "./step-fields.tsx";

const picture: PolicyPicture = {
  severityFloor: "warning",
  kinds: ["Stalled", "Slow"],
  steps: [
    { key: "0", afterMs: 0, to: "Ops", state: "off" },
    { key: "1", afterMs: 15 * 60_000, to: "Asha (Mail)", state: "failing" },
    { key: "2", afterMs: 3 * 3_600_000, to: "Ravi (Mail)", state: "person_gone" },
  ],
  ...{ repeatAfterMs: 30 * 60_000, repeats: 2 },
  quiet: { from: 22 * 60, to: 7 * 60 + 5, timeZone: "Asia/Kolkata", floor: "critical" },
};
const recipients = {
  endpoints: [{ id: "m", name: "Mail", channel: "email" as const, isOn: false }],
  people: [{ id: "u", name: "Asha", email: "asha@example.com" }],
  may: { addEndpoint: false },
};

async function render(locale: (typeof locales)[number], parts: ReactNode): Promise<string> {
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider
        locale={locale}
        messages={await loadMessages(locale)}
        timeZone="Asia/Kolkata"
        now={new Date("2026-06-15T12:00:00Z")}
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

describe.each(locales)("escalation in %s", (locale) => {
  it("says of a policy whatever it can be", async () => {
    for (const severityFloor of SEVERITIES) {
      const quiet = picture.quiet && { ...picture.quiet, floor: severityFloor };
      await render(locale, <PolicyWords picture={{ ...picture, severityFloor, quiet }} />);
    }
    const never = picture.quiet && { ...picture.quiet, floor: null };
    const html = await render(
      locale,
      <PolicyWords picture={{ ...picture, quiet: never, repeats: 0, kinds: [] }} />,
    );
    expect(html).toContain("07:05");
  });

  it("has fields for all of it", async () => {
    const { quiet: _, ...draft } = emptyPolicy("m");
    const quiet = { from: "22:00", to: "07:00", timeZone: "UTC", floor: "none" } as const;
    const given = { ...draft, quiet, kinds: [] };
    const html = await render(
      locale,
      <>
        <KindFields draft={given} kindTitles={{ stalled: "Stalled" }} onChange={() => undefined} />
        <StepFields
          draft={given}
          recipients={recipients}
          errorAt={(path) => path}
          onChange={() => undefined}
        />
        <QuietFields draft={given} errorAt={() => undefined} onChange={() => undefined} />
      </>,
    );
    expect(html).toContain("asha@example.com");
    expect(html).toContain("steps.0.endpointId");
  });

  it("shows a dossier with both its forms to copy", async () => {
    const html = await render(
      locale,
      <DossierText
        dossier={{
          ...{ id: "d", createdAt: "2026-06-15T12:00:00Z", madeBy: "Asha", text: "Supplier order" },
          ...{ data: {} as DossierData, mailedTo: null, mail: null },
        }}
      />,
    );
    expect(html).toContain("Supplier order");
    expect(html.match(/<button/g)).toHaveLength(2);
  });
});

describe("policies in plain words", () => {
  it("read as a person would say them", async () => {
    const html = await render("en", <PolicyWords picture={picture} />);
    const text = html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    expect(text).toContain("Of warnings and critical alerts of these kinds: Stalled or Slow");
    expect(text).toContain("At once Ops · paused or switched off: passed over");
    expect(text).toContain(
      "After 15 minutes Asha (Mail) · fails just now: the next isn’t kept waiting",
    );
    expect(text).toContain("After 3 hours Ravi (Mail)");
    expect(text).toContain("Then all of it again every 30 minutes, 2 times.");
    expect(text).toContain(
      "Between 22:00 and 07:05 (Asia/Kolkata) only critical alerts are told; the rest afterwards.",
    );
  });
});
