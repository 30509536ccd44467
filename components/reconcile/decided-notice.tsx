"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "#components/ui/notice.tsx";

/** What was just decided; another object each time. */
export type Decided = { kind: "adopt" | "not_created" | "give_up" | "foreign" | "proposed" };

/** Says that a decision was taken, and what happens now. What was pressed for it may be gone. */
export function DecidedNotice({ decided }: { decided: Decided }) {
  const t = useTranslations("reconcile.decided");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (decided) box.current?.focus();
  }, [decided]);
  return (
    <div ref={box} tabIndex={-1} className="px-gutter pb-3 outline-none">
      <Notice tone="done" live>
        {/* i18n-use: reconcile.decided.* */}
        {t(decided.kind)}
      </Notice>
    </div>
  );
}
