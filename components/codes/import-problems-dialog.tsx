"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { RefusedTable } from "#components/codes/refused-table.tsx";
import { readJson } from "#components/live/read-json.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { ImportView } from "#lib/codes/import-view.ts";
import type { ImportProblems } from "#lib/codes/read-imports.ts";

/** Which rows of a past import were refused. What they said is known to nobody any more. */
export function ImportProblemsDialog({ of, onClose }: { of: ImportView; onClose: () => void }) {
  const t = useTranslations("import.list");
  const { data, error } = useQuery({
    queryKey: ["codes", "imports", of.id],
    queryFn: ({ signal }) => readJson<ImportProblems>(`/api/live/imports/${of.id}`, signal),
  });
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t("refusedTitle", { source: of.source })}
      description={t("refusedBody")}
    >
      {data ? (
        <RefusedTable
          rows={data.problems}
          more={Math.max(0, data.import.refused - data.problems.length)}
        />
      ) : error ? (
        <Notice tone="look">{t("failed")}</Notice>
      ) : (
        <Spinner />
      )}
    </Dialog>
  );
}
