"use client";

import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeChips } from "#components/codes/code-chips.tsx";
import {
  codeFilterNames,
  codeQueryOf,
  readCodeFilter,
  writeCodeFilter,
} from "#components/codes/code-list-filter.ts";
import { CodesTable } from "#components/codes/codes-table.tsx";
import { NoCodes } from "#components/codes/no-codes.tsx";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useSettledList } from "#components/live/use-settled-list.ts";
import { Button } from "#components/ui/button.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { CodePage, CodeRow } from "#lib/codes/types.ts";

const form = { names: codeFilterNames, read: readCodeFilter, write: writeCodeFilter };

/** Every code that came, newest first. What a code says is shown on its order's page alone. */
export function CodesRoom({
  initial,
  initialQuery,
}: {
  initial: CodePage;
  /** The query string that `initial` answers. */
  initialQuery: string;
}) {
  const t = useTranslations("codes");
  const control = useAddressFilter(form);
  const { filter, change, clear } = control;
  const list = useSettledList<CodeRow>({
    topic: "codes",
    path: "/api/live/codes",
    after: filter.after,
    queryOf: (after) => codeQueryOf({ ...filter, after }),
    initial: codeQueryOf(filter) === initialQuery ? initial : undefined,
  });
  return (
    <>
      <PageHeader title={t("title")} meta={t("intro")} />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filter.search}
          // Typing on changes the same entry of the history; the way back leads to before it.
          onSearch={(search) => change({ search }, { replace: filter.search !== "" })}
        />
        <Button
          icon={<FlaskConical aria-hidden />}
          aria-pressed={filter.mock}
          onClick={() => change({ mock: !filter.mock })}
          className="aria-pressed:border-mock-line aria-pressed:bg-mock-soft aria-pressed:text-mock"
        >
          {t("mockCodes")}
        </Button>
      </Toolbar>
      <CodeChips {...control} />
      <LiveRows
        label={t("title")}
        list={list}
        failed={t("failed")}
        failedBody={t("failedBody")}
        empty={<NoCodes filter={filter} clear={clear} />}
      >
        <CodesTable rows={list.held.rows} busy={list.busy} />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/codes?${codeQueryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
    </>
  );
}
