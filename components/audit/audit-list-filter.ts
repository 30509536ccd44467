import { toQuery } from "#components/live/read-address.ts";
import { AUDIT_FILTER_NAMES, readAuditFilter } from "#lib/audit/log-filter-policy.ts";
import type { AuditFilter } from "#lib/audit/types.ts";

/** What the audit log shows, as its address says it. */
export type AuditListFilter = AuditFilter & {
  /** The entry after which this page goes on; null on the newest page. */
  after: string | null;
};

/** The names in the address, the same as those of the live route. */
export const auditFilterNames = [...AUDIT_FILTER_NAMES, "after"] as const;
export type RawAuditFilter = Record<(typeof auditFilterNames)[number], string | null>;

/** Reads an address; junk in it is left out, never an error. */
export const readAuditListFilter = (raw: RawAuditFilter): AuditListFilter => ({
  ...readAuditFilter((name) => raw[name as keyof RawAuditFilter] ?? null),
  after: raw.after && /^[0-9]{1,19}$/.test(raw.after) ? raw.after : null,
});

/** The other way round; null for whatever needn't stand in the address. */
export const writeAuditListFilter = (filter: AuditListFilter): RawAuditFilter => filter;

/** The query string, always in the same order: it is the key under which the list is kept. */
export const auditQueryOf = (filter: AuditListFilter): string =>
  toQuery(Object.fromEntries(auditFilterNames.map((name) => [name, filter[name]])));

/** How many filters are in force; paging is none. */
export const countFilters = (filter: AuditListFilter): number =>
  AUDIT_FILTER_NAMES.filter((name) => filter[name] !== null).length;
