"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { toQuery } from "#components/live/read-address.ts";

/** How a list's filter stands in the address. */
export type FilterForm<Filter, Names extends string> = {
  names: readonly Names[];
  read: (raw: Record<Names, string | null>) => Filter;
  write: (filter: Filter) => Record<Names, string | null>;
  /** Of the list, where its address is also that of what is open beside it. */
  path?: string;
};

export type FilterControl<Filter> = {
  filter: Filter;
  /** Any change but paging starts again at the newest row. */
  change: (to: Partial<Filter>, how?: { replace?: boolean }) => void;
  clear: () => void;
};

/** A list's filter in the address: a copied one shows the same list, and the way back works. */
export function useAddressFilter<Filter extends { after: string | null }, Names extends string>(
  form: FilterForm<Filter, Names>,
): FilterControl<Filter> {
  const here = usePathname();
  const pathname = form.path ?? here;
  const address = useSearchParams();
  const readFrom = (params: Pick<URLSearchParams, "get">): Filter => {
    const raw = Object.fromEntries(form.names.map((name) => [name, params.get(name)]));
    return form.read(raw as Record<Names, string | null>);
  };
  const filter = readFrom(address);

  // By the history itself: the list reads its rows live, so the server need not render the page anew.
  function go(query: string, replace: boolean): void {
    const url = query ? `${pathname}?${query}` : pathname;
    if (replace) window.history.replaceState(null, "", url);
    else window.history.pushState(null, "", url);
  }

  return {
    filter,
    change: (to, how) => {
      // Two changes may come before the first is rendered.
      const now = readFrom(new URLSearchParams(window.location.search));
      go(toQuery(form.write({ ...now, after: null, ...to })), how?.replace ?? false);
      // Another page begins at its top; other filters are changed where one stands.
      if ("after" in to) window.scrollTo(0, 0);
    },
    clear: () => go("", false),
  };
}
