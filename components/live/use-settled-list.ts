"use client";

import { useState } from "react";
import type { ReadError } from "#components/live/read-json.ts";
import {
  justAbove,
  type LivePage,
  type Settled,
  settled,
  settleRows,
  waitingRows,
  withoutGone,
} from "#components/live/settle-rows.ts";
import { useLive } from "#components/live/use-live.ts";

export type SettledList<Row> = {
  held: Settled<Row>;
  /** New rows that wait to be shown. */
  waiting: number;
  showWaiting: () => void;
  /** The id after which older rows come; null on the last page. */
  next: string | null;
  /** When the server read it, ISO. */
  heardAt: string | null;
  /** Another list is on its way, and the rows are still those of the one before. */
  busy: boolean;
  /** The rows are those of this query. */
  fits: boolean;
  error: ReadError | null;
  retry: () => void;
  /** Somebody's pointer or focus is on the rows, or has left them. */
  attend: (attended: boolean) => void;
};

type Held<Row> = Settled<Row> & { query: string; page: LivePage<Row> };

/**
 * A keyset list, live and calm: what is on the screen changes in place and nothing moves under the
 * pointer; new rows wait.
 * @param read.topic see `topics.ts`
 * @param read.queryOf the query string of the list, after another id when given one
 */
export function useSettledList<Row extends { id: string }>(read: {
  topic: "orders" | "codes" | "deliveries" | "inbox" | "audit";
  path: string;
  /** The id after which this page begins; null on the newest. */
  after: string | null;
  queryOf: (after: string | null) => string;
  initial: LivePage<Row> | undefined;
}): SettledList<Row> {
  const { topic, after, initial } = read;
  const pathOf = (query: string) => `${read.path}${query && `?${query}`}`;
  const query = read.queryOf(after);
  const [attended, setAttended] = useState(false);
  const [held, setHeld] = useState<Held<Row> | null>(
    initial ? { ...settled(initial.rows), query, page: initial } : null,
  );
  const newest = useLive<LivePage<Row>>({ key: [topic, query], path: pathOf(query), initial });
  const fresh = newest.data && !newest.isPlaceholderData ? newest.data : null;

  // While rows wait on top, the ones on the screen are read from where they begin: the newest page
  // alone would no longer reach down to the last of them.
  const same = held?.query === query ? held : null;
  const waiting = same && fresh ? waitingRows(same, fresh) : [];
  const first = same?.rows[0]?.id;
  const anchored = waiting.length > 0 && first && !after;
  const shownQuery = anchored ? read.queryOf(justAbove(first)) : query;
  const shown = useLive<LivePage<Row>>({
    key: [topic, shownQuery],
    path: pathOf(shownQuery),
    initial: shownQuery === query ? initial : undefined,
  });
  const page = shown.data && !shown.isPlaceholderData ? shown.data : null;

  if (page && (!same || same.page !== page)) {
    const next = same ? settleRows(same, page) : settled(page.rows);
    setHeld({ ...(attended ? next : withoutGone(next)), query, page });
  }

  const error = newest.error ?? shown.error;
  return {
    held: held ?? settled([]),
    waiting: waiting.length,
    showWaiting: () => {
      if (fresh) setHeld({ ...settled(fresh.rows), query, page: fresh });
    },
    next: same?.page.next ?? null,
    heardAt: newest.data?.readAt ?? null,
    busy: !same && !error,
    fits: same !== null,
    error,
    retry: () => void newest.refetch(),
    attend: (now) => {
      setAttended(now);
      if (!now && held && held.gone.size > 0) setHeld({ ...held, ...withoutGone(held) });
    },
  };
}
