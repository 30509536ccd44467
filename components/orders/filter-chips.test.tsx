import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FilterChips } from "#components/orders/filter-chips.tsx";
import { emptyFilter } from "#components/orders/list-filter.ts";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { locales } from "#i18n/locales.ts";

it.each(locales)("each filter in force can be taken away in %s", async (locale) => {
  const messages = await loadMessages(locale);
  const filter = {
    ...emptyFilter,
    ...{ search: "steam", attention: true, retrying: true, overdue: true, currency: "USD" },
    finishedSince: "2026-11-21T18:15:00.000Z",
    paidSince: "2026-11-20T18:15:00.000Z",
  };
  const nothing = () => {};
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages}
      timeZone="Asia/Kolkata"
      formats={formats}
      onError={(error) => {
        throw error;
      }}
    >
      <FilterChips filter={filter} change={nothing} clear={nothing} />
    </NextIntlClientProvider>,
  );
  expect(html.match(/<button[^>]*aria-label/g)).toHaveLength(7);
  expect(html).toContain(messages.orders.list.finishedSince);
  expect(html).toMatch(/21[^<]*23:45/);
});
