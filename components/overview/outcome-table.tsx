import { useFormatter, useTranslations } from "next-intl";
import { outcomes } from "#components/overview/outcomes.ts";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { Trends } from "#lib/overview/types.ts";

/** The drawing's numbers, newest first; hours in which nothing ended are left out. */
export function OutcomeTable({ hours }: { hours: Trends["hours"] }) {
  const t = useTranslations("overview.trends");
  const format = useFormatter();
  const rows = hours.filter((hour) => outcomes.some(({ key }) => hour[key] > 0)).toReversed();
  if (rows.length === 0) return <p className="text-ink-2">{t("noOutcomes")}</p>;
  return (
    <Table label={t("outcomes")} sticky={false}>
      <THead>
        <TH grow>{t("from")}</TH>
        {outcomes.map(({ key }) => (
          <TH key={key} align="end">
            {t(`outcome.${key}`)}
          </TH>
        ))}
      </THead>
      <TBody>
        {rows.map((hour) => (
          <TR key={hour.at}>
            <TD grow phone="title">
              {format.dateTime(new Date(hour.at), "dayTime")}
            </TD>
            <TD phone="full" className="md:hidden">
              {t("outcomesSummary", hour)}
            </TD>
            {outcomes.map(({ key }) => (
              <TD key={key} align="end">
                {format.number(hour[key], "count")}
              </TD>
            ))}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
