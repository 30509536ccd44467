import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { ProductTimes } from "#lib/overview/types.ts";

const IN_SECONDS_BELOW_MS = 3 * 60_000;
const IN_MINUTES_BELOW_MS = 3 * 60 * 60_000;

/** How long orders of the products ordered most take; a row leads to the product's orders. */
export function TimesSection({ times }: { times: readonly ProductTimes[] }) {
  const t = useTranslations("overview.times");
  const format = useFormatter();
  const longSpan = useSpan();
  // What takes a minute and a half isn't what takes one.
  const span = (ms: number) =>
    ms < IN_SECONDS_BELOW_MS
      ? t("seconds", { count: Math.round(ms / 1_000) })
      : ms < IN_MINUTES_BELOW_MS
        ? t("minutes", { count: Math.round(ms / 60_000) })
        : longSpan(ms);
  return (
    <Section title={t("title")} description={t("means")} flush className="min-w-0">
      {times.length === 0 ? (
        <p className="px-gutter text-ink-2">{t("none")}</p>
      ) : (
        <div className="border-t border-line">
          <Table label={t("title")} sticky={false}>
            <THead>
              <TH grow>{t("product")}</TH>
              <TH align="end">{t("half")}</TH>
              <TH align="end">{t("most")}</TH>
              <TH align="end">{t("samples")}</TH>
            </THead>
            <TBody>
              {times.map(({ supplierId, externalId, name, samples, p50, p95 }) => (
                <TR key={`${supplierId} ${externalId}`} link>
                  <TD grow phone="title">
                    <RowLink href={`/orders?search=${encodeURIComponent(name)}&mock=without`}>
                      {name}
                    </RowLink>
                  </TD>
                  <TD phone="full" className="text-ink-2 md:hidden">
                    {t("row", { half: span(p50), most: span(p95), samples })}
                  </TD>
                  <TD align="end">{span(p50)}</TD>
                  <TD align="end">{span(p95)}</TD>
                  <TD align="end">{format.number(samples, "count")}</TD>
                </TR>
              ))}
            </TBody>
          </Table>
        </div>
      )}
    </Section>
  );
}
