"use client";

import { useTranslations } from "next-intl";
import { lazy, memo, Suspense, useDeferredValue, useState } from "react";
import { ImportSource, type Source } from "#components/codes/import-source.tsx";
import { Section } from "#components/ui/section.tsx";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";

// Fetched with the first file.
const ImportWork = memo(
  lazy(async () => ({
    default: (await import("#components/codes/import-work.tsx")).ImportWork,
  })),
);

/** One import from the file to the last row. The file is in this page's memory alone. */
export function ImportForm({
  product,
  onNext,
}: {
  product: StockProductOption | null;
  /** Done with this file. */
  onNext: () => void;
}) {
  const t = useTranslations("import");
  const [source, setSource] = useState<Source | null>(null);
  const [wasChosen, setWasChosen] = useState(false);
  // Reading 100,000 lines takes longer than a key may: typing goes on meanwhile.
  const settled = useDeferredValue(source);
  const [running, setRunning] = useState(false);
  function choose(next: Source | null): void {
    setSource(next);
    if (next) setWasChosen(true);
  }
  return (
    <>
      {!running && (
        <Section title={t("source.title")} description={t("source.body")}>
          <ImportSource source={source} onSource={choose} />
        </Section>
      )}
      {wasChosen && (
        <Suspense>
          <ImportWork source={settled} product={product} onRunning={setRunning} onNext={onNext} />
        </Suspense>
      )}
    </>
  );
}
