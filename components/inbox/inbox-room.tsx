"use client";

import { Inbox, SearchX, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import {
  inboxFilterNames,
  inboxQueryOf,
  isNarrowed,
  isTroubled,
  matchingOf,
  readInboxFilter,
  writeInboxFilter,
} from "#components/inbox/inbox-list-filter.ts";
import type { InboxView } from "#components/inbox/inbox-view.ts";
import { MessagesTable } from "#components/inbox/messages-table.tsx";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useLive } from "#components/live/use-live.ts";
import { useSettledList } from "#components/live/use-settled-list.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { Toolbar } from "#components/ui/toolbar.tsx";
import { INBOX_STATES, type InboxRow } from "#lib/inbound/types.ts";

// Only where something is in trouble.
const MessagesActs = lazy(async () => ({
  default: (await import("#components/inbox/messages-acts.tsx")).MessagesActs,
}));

const form = { names: inboxFilterNames, read: readInboxFilter, write: writeInboxFilter };

/** What suppliers told by themselves, newest first, and what became of it. */
export function InboxRoom({
  initial,
  initialQuery,
}: {
  initial: InboxView;
  /** The query string that `initial` answers. */
  initialQuery: string;
}) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const { filter, change, clear } = useAddressFilter(form);
  const query = inboxQueryOf(filter);
  const list = useSettledList<InboxRow>({
    topic: "inbox",
    path: "/api/live/inbox",
    after: filter.after,
    queryOf: (after) => inboxQueryOf({ ...filter, after }),
    initial: query === initialQuery ? initial : undefined,
  });
  // The same read as the list's newest page.
  const newest = useLive<InboxView>({
    key: ["inbox", query],
    path: `/api/live/inbox${query && `?${query}`}`,
    initial: query === initialQuery ? initial : undefined,
  });
  const { counts, may, rows, readAt } = newest.data ?? initial;
  const { unmatched, unreadable, failed } = counts;
  const troubled = unmatched + unreadable + failed;
  const known = [...list.held.rows, ...initial.rows].find(
    ({ supplier }) => supplier.slug === filter.supplier,
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <span className="max-md:hidden">{t("intro")}</span>
            <Link href="/settings/suppliers">{t("accounts")}</Link>
          </>
        }
      />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <Button
          icon={<TriangleAlert aria-hidden />}
          aria-pressed={filter.attention}
          onClick={() => change({ attention: !filter.attention, state: null })}
          className="aria-pressed:border-look-line aria-pressed:bg-look-soft aria-pressed:text-look"
        >
          {t("attention")}
          {troubled > 0 && (
            <span className="ml-1.5 text-ink-3">{format.number(troubled, "count")}</span>
          )}
        </Button>
        <Select
          aria-label={t("list.state")}
          className="w-44"
          value={filter.state ?? ""}
          placeholder={t("anyState")}
          onChange={({ target }) =>
            change({
              state: INBOX_STATES.find((state) => state === target.value) ?? null,
              attention: false,
            })
          }
          options={INBOX_STATES.map((state) => ({ value: state, label: t(`state.${state}.word`) }))}
        />
        {filter.supplier && (
          <FilterChip
            label={t("list.supplier")}
            value={known?.supplier.name ?? filter.supplier}
            onRemove={() => change({ supplier: null })}
          />
        )}
        {filter.order && (
          <FilterChip
            label={t("list.order")}
            value={shortId(filter.order)}
            onRemove={() => change({ order: null })}
          />
        )}
        <Suspense>
          {may.manage && isTroubled(filter) && filter.after === null && rows[0] && (
            <MessagesActs matching={matchingOf(filter)} newest={rows[0].id} readAt={readAt} />
          )}
        </Suspense>
      </Toolbar>
      <LiveRows
        label={t("list.label")}
        list={list}
        failed={t("failedToLoad")}
        failedBody={t("failedToLoadBody")}
        empty={
          isNarrowed(filter) ? (
            <EmptyState
              icon={<SearchX aria-hidden />}
              title={t("noneFit")}
              action={<Button onClick={clear}>{t("clear")}</Button>}
            />
          ) : (
            <EmptyState icon={<Inbox aria-hidden />} title={t("none")}>
              {t("noneBody")}
            </EmptyState>
          )
        }
      >
        <MessagesTable
          label={t("list.label")}
          rows={list.held.rows}
          gone={list.held.gone}
          busy={list.busy}
        />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/suppliers/inbox?${inboxQueryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
    </>
  );
}
