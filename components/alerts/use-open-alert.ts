"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { alertHref, openIdOf } from "#components/alerts/queue-filter.ts";
import { isWideNow, useWide } from "#components/alerts/use-wide.ts";

/** What is open, and what was asked for that the router has not told of yet. */
type Held = { named: string | null; id: string | null; asked: (string | null)[] };

/** The address is another one: ours, that comes late, or one that somebody followed. */
function told(held: Held, named: string | null): Held {
  const at = held.asked.indexOf(named);
  if (at < 0) return { named, id: named, asked: [] };
  return { named, id: held.id, asked: held.asked.slice(at + 1) };
}

/** Which alert is open: the one in the address. Where there is room, the first one opens by itself. */
export function useOpenAlert({
  query,
  first,
}: {
  /** Of the list, as it stands in the address. */
  query: string;
  /** The id of the first row; null while there is none, or while the rows are those of another list. */
  first: string | null;
}): {
  id: string | null;
  /** The address says so; without room this is a page of its own. */
  isPage: boolean;
  wide: boolean;
  open: (id: string | null) => void;
} {
  const wide = useWide();
  const named = openIdOf(usePathname());
  // The router tells of an address only after the action that is under way: that is too late for a key.
  const [held, setHeld] = useState<Held>({ named, id: named, asked: [] });
  const now = held.named === named ? held : told(held, named);
  if (now !== held) setHeld(now);
  const id = now.id ?? (wide ? first : null);

  // By the history itself: list and alert are read live, so the server need not render anything anew.
  function open(next: string | null): void {
    if (next === now.id) return;
    setHeld({ ...now, id: next, asked: [...now.asked, next] });
    const href = alertHref(next, query);
    // From the list of a phone to an alert there is a way back; through twenty alerts there aren't twenty.
    if (!wide && now.id === null) window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  }

  const opensFirst = wide && now.id === null ? first : null;
  useEffect(() => {
    // The server took room for granted, and so does the first rendering of its page.
    if (!opensFirst || !isWideNow()) return;
    // It stays open, whatever comes to stand above it.
    setHeld((last) => ({ ...last, id: opensFirst, asked: [...last.asked, opensFirst] }));
    window.history.replaceState(null, "", alertHref(opensFirst, query));
  }, [opensFirst, query]);

  return { id, isPage: now.id !== null, wide, open };
}
