import { LONGEST_SEARCH, toQuery } from "#components/live/read-address.ts";

/** What the list of complaints shows, as its address says it. */
export type ComplaintListFilter = { closed: boolean; after: string | null };

export const complaintFilterNames = ["show", "after"] as const;
export type RawComplaintFilter = Record<(typeof complaintFilterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export const readComplaintFilter = ({ show, after }: RawComplaintFilter): ComplaintListFilter => ({
  closed: show === "closed",
  after: after && after.length <= LONGEST_SEARCH ? after : null,
});

/** The other way round; null for whatever needn't stand in the address. */
export const writeComplaintFilter = (filter: ComplaintListFilter): RawComplaintFilter => ({
  show: filter.closed ? "closed" : null,
  after: filter.after,
});

export const complaintQueryOf = (filter: ComplaintListFilter): string =>
  toQuery(writeComplaintFilter(filter));
