"use client";

import { parseAsString, useQueryStates } from "nuqs";

type Raw = Record<string, string | null>;

/** How a list's filter stands in the address. */
export type FilterForm<Filter, Names extends string> = {
  names: readonly Names[];
  read: (raw: Record<Names, string | null>) => Filter;
  write: (filter: Filter) => Record<Names, string | null>;
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
  const names = Object.fromEntries(form.names.map((name) => [name, parseAsString]));
  const [raw, setRaw] = useQueryStates(names, { history: "push", scroll: false });
  const filter = form.read(raw as Record<Names, string | null>);
  const nothing: Raw = Object.fromEntries(form.names.map((name) => [name, null]));
  return {
    filter,
    change: (to, how) => {
      void setRaw(form.write({ ...filter, after: null, ...to }), {
        history: how?.replace ? "replace" : "push",
        // Another page begins at its top; other filters are changed where one stands.
        scroll: "after" in to,
      });
    },
    clear: () => void setRaw(nothing),
  };
}
