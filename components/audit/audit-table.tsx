"use client";

import { useTranslations } from "next-intl";
import { changesOf, factsOf } from "#components/audit/changes.ts";
import { shortId } from "#components/ui/short-id.ts";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { AUDIT_OBJECT_KINDS, type AuditRow } from "#lib/audit/types.ts";

/** A row an entry: what was done, by whom, to what, and why. */
export function AuditTable({
  rows,
  busy,
  label,
}: {
  rows: readonly AuditRow[];
  busy: boolean;
  label: string;
}) {
  const t = useTranslations("audit.list");
  return (
    <Table label={label} busy={busy}>
      <THead>
        <TH>{t("action")}</TH>
        <TH>{t("actor")}</TH>
        <TH from="lg">{t("object")}</TH>
        <TH grow>{t("what")}</TH>
        <TH align="end">{t("at")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </TBody>
    </Table>
  );
}

function Row({ row }: { row: AuditRow }) {
  return (
    <TR link>
      <TD phone="title">
        <RowLink href={`/settings/audit/${row.seq}`} className="font-mono text-xs font-medium">
          {row.action}
        </RowLink>
      </TD>
      <TD phone="side">
        <span className="block max-w-40 truncate">{row.actorName}</span>
      </TD>
      <TD from="lg">
        <ObjectName row={row} />
      </TD>
      <TD grow phone="meta">
        <span className="lg:hidden">
          <ObjectName row={row} />{" "}
        </span>
        {summaryOf(row)}
      </TD>
      <TD align="end" phone="end">
        <RelativeTime at={row.at} focusable={false} />
      </TD>
    </TR>
  );
}

/** The kind in words, and the id. */
function ObjectName({ row }: { row: Pick<AuditRow, "objectKind" | "objectId"> }) {
  return (
    <span className="whitespace-nowrap">
      <ObjectKind kind={row.objectKind} />{" "}
      <code className="font-mono text-xs text-ink-2">{shortId(row.objectId)}</code>
    </span>
  );
}

/** In words; one that this build doesn't know, as it stands. */
export function ObjectKind({ kind }: { kind: string }) {
  const t = useTranslations("audit.object");
  const known = AUDIT_OBJECT_KINDS.find((one) => one === kind);
  return known ? t(known) : kind;
}

/** The reason where there is one; otherwise what changed, otherwise the facts. */
function summaryOf(row: AuditRow): string {
  if (row.reason) return row.reason;
  const changes = changesOf(row);
  if (changes.length > 0) {
    return changes
      .map(({ name, before, after }) => `${name}: ${before ?? "–"} → ${after ?? "–"}`)
      .join(" · ");
  }
  return factsOf(row.details)
    .map(({ name, value }) => `${name}: ${value}`)
    .join(" · ");
}
