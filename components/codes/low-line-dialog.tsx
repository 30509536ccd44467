"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { setLowLineAction } from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Field } from "#components/ui/field.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { HIGHEST_LOW_LINE } from "#lib/codes/hand-out-limits.ts";
import type { StockRow } from "#lib/codes/types.ts";

/** How many codes of a product there should be at least. */
export function LowLineDialog({ row, onClose }: { row: StockRow; onClose: () => void }) {
  const t = useTranslations("inventory.lowLine");
  const act = useCodeAct();
  const [text, setText] = useState(row.lowLine === null ? "" : String(row.lowLine));
  const [tried, setTried] = useState(false);
  const typed = text.trim();
  const line = typed === "" ? null : Number(typed);
  const isFine = line === null || (/^\d{1,7}$/.test(typed) && line <= HIGHEST_LOW_LINE);

  async function submit() {
    setTried(true);
    if (!isFine) return;
    const done = await act.run(async () => {
      const answer = await setLowLineAction({ stockProductId: row.id, lowLine: line });
      return answer.ok ? { ok: true as const, value: true } : answer;
    });
    if (done) onClose();
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body", { product: row.name, available: row.counts.available })}
      verb={t(line === null ? "remove" : "verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("line")}
        hint={t("hint")}
        error={tried && !isFine && t("wrong", { most: HIGHEST_LOW_LINE })}
      >
        {(control) => (
          <NumberField
            {...control}
            data-autofocus
            max={HIGHEST_LOW_LINE}
            value={text}
            onValueChange={setText}
          />
        )}
      </Field>
    </ActDialog>
  );
}
