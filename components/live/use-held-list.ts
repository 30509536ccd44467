"use client";

import { useState } from "react";
import { type HeldRows, holdRows } from "#components/live/hold-rows.ts";
import type { LivePage } from "#components/live/settle-rows.ts";
import { useLive } from "#components/live/use-live.ts";
import type { SettledList } from "#components/live/use-settled-list.ts";

/**
 * A live keyset list whose rows may be in any order: while somebody's pointer or focus is on it, rows
 * change in place and none comes, goes or moves. `page` is the latest that was read.
 * @param read.key see `topics.ts`
 */
export function useHeldList<Row, Page extends LivePage<Row>>(read: {
  key: string;
  path: string;
  /** The query string of the page. */
  query: string;
  initial: Page | undefined;
  idOf: (row: Row) => string;
}): SettledList<Row> & { page: Page | null } {
  const { query, initial } = read;
  const live = useLive<Page>({
    key: [read.key, query],
    path: `${read.path}${query && `?${query}`}`,
    initial,
  });
  const fresh = live.data && !live.isPlaceholderData ? live.data : null;
  const [attended, setAttended] = useState(false);
  const [held, setHeld] = useState(initial ? { query, page: initial } : null);
  const same = held?.query === query ? held.page : null;
  if (fresh && same !== fresh && (!same || !attended)) setHeld({ query, page: fresh });

  const shown = same ?? held?.page ?? null;
  const rows: HeldRows<Row> =
    same && fresh
      ? holdRows(same.rows, fresh.rows, read.idOf)
      : { rows: shown?.rows ?? [], gone: new Set(), waiting: 0 };
  return {
    held: rows,
    waiting: rows.waiting,
    showWaiting: () => {
      if (fresh) setHeld({ query, page: fresh });
    },
    next: same?.next ?? null,
    heardAt: live.data?.readAt ?? null,
    busy: !same && !live.error,
    fits: same !== null,
    error: live.error,
    retry: () => void live.refetch(),
    attend: setAttended,
    page: live.data ?? null,
  };
}
