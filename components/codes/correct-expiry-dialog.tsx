"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { correctExpiryAction } from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { done } from "#components/codes/simple-dialogs.tsx";
import { NeededTextField, useNeededText } from "#components/codes/text-field.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { CodeDetail } from "#lib/codes/types.ts";

/** Dates that a code can have; beyond them it doesn't expire. */
const [EARLIEST, LATEST] = ["2000-01-01", "2099-12-31"];

/** Says when a code expires, where that was read wrongly or not at all. */
export function CorrectExpiryDialog({ code, onClose }: { code: CodeDetail; onClose: () => void }) {
  const t = useTranslations("inventory.correctExpiry");
  const act = useCodeAct();
  const { field, take } = useNeededText();
  const [day, setDay] = useState(code.expiresAt?.slice(0, 10) ?? "");
  const [tried, setTried] = useState(false);
  const [isHalf, setIsHalf] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const isOutside = day !== "" && !(day >= EARLIEST && day <= LATEST);
  const comesBack = code.state === "expired" && (day === "" || day > code.readAt.slice(0, 10));

  async function submit() {
    setTried(true);
    const reason = take();
    // What is half typed is told as nothing at all.
    const half = input.current?.validity.badInput ?? false;
    setIsHalf(half);
    if (reason === null || half || isOutside) return;
    const wish = { codeId: code.id, expiresOn: day || null, reason };
    if (await act.run(() => done(correctExpiryAction(wish)))) onClose();
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body")}
      verb={day === "" ? t("never") : t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t("day")} hint={t("hint")} error={tried && (isHalf || isOutside) && t("wrong")}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            data-autofocus
            type="date"
            min={EARLIEST}
            max={LATEST}
            className="max-w-44"
            value={day}
            onChange={({ target }) => {
              setDay(target.value);
              setIsHalf(false);
            }}
          />
        )}
      </Field>
      <NeededTextField field={field} label={t("reason")} />
      {comesBack && !isOutside && (
        <Notice tone="info" live>
          {t(code.customerRef === null ? "backToStock" : "backToCustomer")}
        </Notice>
      )}
    </ActDialog>
  );
}
