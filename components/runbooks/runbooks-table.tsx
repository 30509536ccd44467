import { useTranslations } from "next-intl";
import { SeverityMark } from "#components/alerts/severity.tsx";
import { RunbookStandingWords } from "#components/runbooks/standing.tsx";
import { Section } from "#components/ui/section.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { ALERT_KINDS } from "#lib/alerts/alert-policy.ts";
import type { RunbookLocale, RunbookRow, RunbookStanding } from "#lib/alerts/runbooks/types.ts";

type About = (typeof ALERT_KINDS)[keyof typeof ALERT_KINDS]["about"];

/** What alerts are about, as people think of it. */
const parts = [
  { key: "orders", about: ["order"] },
  { key: "accounts", about: ["account"] },
  { key: "others", about: ["product", "endpoint", "person", "key"] },
  { key: "keyhold", about: ["keyhold", "invariant"] },
] as const satisfies { key: string; about: About[] }[];

/** Every kind of alert, and whose words its runbook has in which language. */
export function RunbooksTable({ rows }: { rows: readonly RunbookRow[] }) {
  const t = useTranslations("runbooks.list");
  return parts.map(({ key, about }) => (
    <Section key={key} title={t(`part.${key}`)} flush>
      <Table label={t(`part.${key}`)} sticky={false}>
        <THead>
          <TH grow>{t("kind")}</TH>
          <TH>{t("en")}</TH>
          <TH>{t("hi")}</TH>
        </THead>
        <TBody>
          {rows
            .filter(({ kind }) => about.some((one) => one === ALERT_KINDS[kind].about))
            .map((row) => (
              <Row key={row.kind} row={row} />
            ))}
        </TBody>
      </Table>
    </Section>
  ));
}

function Row({ row: { kind, en, hi } }: { row: RunbookRow }) {
  const t = useTranslations();
  return (
    <TR link>
      <TD grow phone="title">
        <span className="flex min-w-0 items-center gap-2.5">
          <SeverityMark severity={ALERT_KINDS[kind].severity} />
          <RowLink href={`/settings/runbooks/${kind}`} className="truncate font-medium">
            {t(`alerts.kind.${kind}.title`)}
          </RowLink>
        </span>
      </TD>
      <Standing locale="en" standing={en} />
      <Standing locale="hi" standing={hi} />
    </TR>
  );
}

/** On a phone only what was changed is worth a line. */
function Standing({ locale, standing }: { locale: RunbookLocale; standing: RunbookStanding }) {
  const t = useTranslations("runbooks.list");
  return (
    <TD {...(standing.isEdited && { phone: "full" as const })}>
      <span className="text-ink-3 md:hidden">{t(locale)}: </span>
      <RunbookStandingWords standing={standing} />
    </TD>
  );
}
