"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ImportForm } from "#components/codes/import-form.tsx";
import { ImportsTable } from "#components/codes/imports-table.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";
import type { ImportList } from "#lib/codes/read-imports.ts";

/** Codes of our own, brought into stock. */
export function ImportRoom({
  product,
  imports,
}: {
  /** What the address asks the form to begin with. */
  product: StockProductOption | null;
  imports: ImportList;
}) {
  const t = useTranslations("import");
  // Another file is another form, so that nothing of the last one stays in memory.
  const [turn, setTurn] = useState(0);
  return (
    <>
      <PageHeader title={t("title")} meta={t("intro")} />
      <ImportForm key={turn} product={product} onNext={() => setTurn(turn + 1)} />
      <Section title={t("list.title")} flush>
        <ImportsTable initial={imports} />
      </Section>
    </>
  );
}
