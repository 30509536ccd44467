"use client";

import { useTranslations } from "next-intl";
import { ObjectKind } from "#components/audit/audit-table.tsx";
import { changesOf, factsOf } from "#components/audit/changes.ts";
import { type EntryRights, objectLink } from "#components/audit/object-link.ts";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import { AUDIT_ACTOR_KINDS, type AuditRow } from "#lib/audit/types.ts";

/** Everything about one entry; nothing of it ever changes. */
export function EntryRoom({ entry, may }: { entry: AuditRow; may: EntryRights }) {
  const t = useTranslations("audit");
  const { seq, action, actorKind, actorId, actorName, reason, correlationId, hash } = entry;
  const link = objectLink(entry, may);
  const kind = AUDIT_ACTOR_KINDS.find((one) => one === actorKind);
  const facts = factsOf(entry.details);
  return (
    <>
      <PageHeader
        title={<code className="font-mono text-lg">{action}</code>}
        meta={<span>{t("entry.number", { seq })}</span>}
      />
      <Section title={t("entry.facts")}>
        <DefinitionList columns>
          <Definition term={t("list.at")}>
            <ExactTime at={entry.at} className="whitespace-normal!" />
          </Definition>
          <Definition term={t("list.actor")}>
            {actorName} {kind && <span className="text-ink-3">{t(`actorKind.${kind}`)}</span>}{" "}
            {actorId && <MonoId value={actorId} copyLabel={t("entry.copy")} />}
          </Definition>
          <Definition term={t("list.object")}>
            {link ? (
              <Link href={link} className="inline-flex min-h-6 items-center">
                <ObjectKind kind={entry.objectKind} />
              </Link>
            ) : (
              <ObjectKind kind={entry.objectKind} />
            )}{" "}
            <MonoId value={entry.objectId} copyLabel={t("entry.copy")} />
          </Definition>
          <Definition term={t("entry.reason")}>{reason ?? "–"}</Definition>
          <Definition term={t("entry.address")}>{entry.address ?? "–"}</Definition>
          <Definition term={t("entry.agent")}>{entry.agent ?? "–"}</Definition>
          <Definition term={t("by.correlation")}>
            {correlationId ? (
              <Link
                href={`/settings/audit?correlation=${encodeURIComponent(correlationId)}`}
                className="font-mono text-xs"
              >
                {correlationId}
              </Link>
            ) : (
              "–"
            )}
          </Definition>
          <Definition term={t("entry.hash")}>
            {hash ? <code className="font-mono text-xs break-all">{hash}</code> : t("entry.noHash")}
          </Definition>
        </DefinitionList>
      </Section>
      <Changes entry={entry} />
      {facts.length > 0 && (
        <Section title={t("entry.details")}>
          <DefinitionList>
            {facts.map(({ name, value }) => (
              <Definition key={name} term={<code className="font-mono">{name}</code>} row>
                {value || "–"}
              </Definition>
            ))}
          </DefinitionList>
        </Section>
      )}
    </>
  );
}

function Changes({ entry }: { entry: AuditRow }) {
  const t = useTranslations("audit.entry");
  const changes = changesOf(entry);
  if (changes.length === 0) return null;
  return (
    <Section title={t("changes")}>
      <Table label={t("changes")} sticky={false}>
        <THead>
          <TH>{t("field")}</TH>
          <TH>{t("before")}</TH>
          <TH grow>{t("after")}</TH>
        </THead>
        <tbody>
          {changes.map(({ name, before, after }) => (
            <TR key={name}>
              <TD phone="title">
                <code className="font-mono text-xs">{name}</code>
              </TD>
              <TD phone="meta">{before ?? "–"}</TD>
              <TD grow phone="meta">
                {after ?? "–"}
              </TD>
            </TR>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
