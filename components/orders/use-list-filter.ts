"use client";

import { type FilterControl, useAddressFilter } from "#components/live/use-address-filter.ts";
import {
  filterNames,
  type ListFilter,
  readFilter,
  writeFilter,
} from "#components/orders/list-filter.ts";

export type ListFilterControl = FilterControl<ListFilter>;

const form = { names: filterNames, read: readFilter, write: writeFilter };

export const useListFilter = (): ListFilterControl => useAddressFilter(form);
