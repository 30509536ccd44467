"use client";

import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SupplierView } from "#lib/placement/read-supplier.ts";

type Capability = SupplierView["capabilities"][number];

const known = [
  "create_is_free",
  "duplicate_guard",
  "status_after_create",
  "pay_on_mock",
  "pay_twice",
  "list_order",
  "list_lag_ms",
  "list_shows_mocks",
  "note_echoed",
  "quantity_echoed",
  "mock_echoed",
  "idempotency_key",
  "retry_after_form",
  "landing_after_abort",
] as const;
const sources = ["probe", "answers", "person"] as const;

/** What was found out about its API: by a probe, by its answers, or by somebody who knows. */
export function FindingsSection({ capabilities }: { capabilities: readonly Capability[] }) {
  const t = useTranslations("supplierSettings.findings");
  return (
    <Section title={t("title")} description={t("body")} flush={capabilities.length > 0}>
      {capabilities.length === 0 ? (
        <p className="text-ink-2">{t("none")}</p>
      ) : (
        <Table label={t("title")} sticky={false}>
          <THead>
            <TH grow>{t("what")}</TH>
            <TH>{t("value")}</TH>
            <TH>{t("from")}</TH>
            <TH>{t("at")}</TH>
          </THead>
          <TBody>
            {capabilities.map((capability) => (
              <Finding key={capability.name} capability={capability} />
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}

function Finding({ capability: { name, value, from, at } }: { capability: Capability }) {
  // i18n-use: supplierSettings.findings.name.*
  const t = useTranslations("supplierSettings.findings");
  const word = known.find((one) => one === name);
  const source = sources.find((one) => one === from);
  return (
    <TR>
      <TD grow phone="title">
        {word ? t(`name.${word}`) : name}
      </TD>
      <TD phone="side">
        {typeof value === "boolean" ? (
          t(value ? "yes" : "no")
        ) : (
          <code className="font-mono text-xs">{String(value)}</code>
        )}
      </TD>
      <TD phone="meta">{source ? t(`source.${source}`) : from}</TD>
      <TD phone="end">
        <RelativeTime at={at} focusable={false} />
      </TD>
    </TR>
  );
}
