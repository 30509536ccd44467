"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** The codes for when the app is lost. They stand here and nowhere else. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations("secondFactor.recovery");
  return (
    <div className="grid gap-4">
      <Notice tone="look" title={t("once")}>
        {t("body")}
      </Notice>
      <ul
        data-testid="recovery-codes"
        className="grid gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs select-all sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton value={codes.join("\n")} label={t("copy")} words variant="secondary" />
        <Button variant="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      </div>
    </div>
  );
}
