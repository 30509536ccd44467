"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { AuditListFilter } from "#components/audit/audit-list-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { AUDIT_FILTER_NAMES } from "#lib/audit/log-filter-policy.ts";

/** Every filter in force, each with its way out. */
export function AuditChips({ filter, change, clear }: FilterControl<AuditListFilter>) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const textOf = (name: (typeof AUDIT_FILTER_NAMES)[number], value: string): string => {
    if (name === "since" || name === "until") return format.dateTime(new Date(value), "dayTime");
    if (name === "actorKind" && filter.actorKind) return t(`actorKind.${filter.actorKind}`);
    if (name === "objectKind" && filter.objectKind) return t(`object.${filter.objectKind}`);
    return name === "object" || name === "correlation" ? shortId(value) : value;
  };
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {AUDIT_FILTER_NAMES.map((name) => {
        const value = filter[name];
        return value === null ? null : (
          <FilterChip
            key={name}
            label={t(`by.${name}`)}
            value={textOf(name, value)}
            onRemove={() => change({ [name]: null })}
          />
        );
      })}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}
