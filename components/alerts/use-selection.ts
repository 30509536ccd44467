"use client";

import { useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Not only these: all that match and were there at this instant (ISO), on every page of the list. */
  allUpTo: string | null;
};

const NONE: Selection = { ids: new Set(), allUpTo: null };

/** Rows that are chosen to be decided upon together; another list begins without any. */
export function useSelection(query: string): Selection & {
  toggle: (id: string) => void;
  choose: (ids: readonly string[]) => void;
  chooseAll: (upTo: string) => void;
  clear: () => void;
} {
  const [held, setHeld] = useState({ query, ...NONE });
  const now = held.query === query ? held : { query, ...NONE };
  return {
    ids: now.ids,
    allUpTo: now.allUpTo,
    toggle: (id) => {
      const ids = new Set(now.ids);
      if (!ids.delete(id)) ids.add(id);
      setHeld({ query, ids, allUpTo: null });
    },
    choose: (ids) => setHeld({ query, ids: new Set(ids), allUpTo: null }),
    chooseAll: (allUpTo) => setHeld({ ...now, allUpTo }),
    clear: () => setHeld({ query, ...NONE }),
  };
}
