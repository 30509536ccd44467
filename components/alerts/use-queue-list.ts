"use client";

import { useEffect, useState } from "react";
import { type QueueFilter, queueForm, queueQueryOf } from "#components/alerts/queue-filter.ts";
import { type FilterControl, useAddressFilter } from "#components/live/use-address-filter.ts";
import { useHeldList } from "#components/live/use-held-list.ts";
import type { SettledList } from "#components/live/use-settled-list.ts";
import type { AlertPage, AlertRow } from "#lib/alerts/types.ts";

export type QueueList = {
  control: FilterControl<QueueFilter>;
  /** The query string of what is shown. */
  query: string;
  list: SettledList<AlertRow> & { page: AlertPage | null };
  /** Those of the list that weren't decided upon here. */
  rows: AlertRow[];
  /** How many match; counted up to a thousand. */
  total: number;
};

/**
 * The rows of the queue, live, as the address wants them.
 * @param taken what was decided upon here, each with its version then: it leaves the list at once, wherever
 * the pointer is
 */
export function useQueueList({
  initial,
  initialQuery,
  taken,
}: {
  initial: AlertPage;
  initialQuery: string;
  taken: ReadonlyMap<string, number>;
}): QueueList {
  const control = useAddressFilter(queueForm);
  const query = queueQueryOf(control.filter);
  const list = useHeldList<AlertRow, AlertPage>({
    key: "alerts",
    path: "/api/live/alerts",
    query,
    initial: query === initialQuery ? initial : undefined,
    idOf: ({ id }) => id,
  });
  const rows = list.held.rows.filter(({ id, version }) => (taken.get(id) ?? -1) < version);
  return { control, query, list, rows, total: list.page?.total ?? rows.length };
}

/** How many rows came since the last time that some came; for those who don't see them come. */
export function useArrivals(query: string, rows: readonly { id: string }[]): number {
  const [known, setKnown] = useState({ query, ids: new Set(rows.map(({ id }) => id)) });
  const [arrived, setArrived] = useState(0);
  useEffect(() => {
    const ids = new Set(rows.map(({ id }) => id));
    if (known.query === query) {
      const count = rows.filter(({ id }) => !known.ids.has(id)).length;
      if (count === 0) return;
      setArrived(count);
    } else setArrived(0);
    setKnown({ query, ids: new Set([...(known.query === query ? known.ids : []), ...ids]) });
  }, [query, rows, known]);
  return arrived;
}
