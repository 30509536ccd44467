"use client";

import { Eye, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { RevealShown } from "#components/codes/reveal-shown.tsx";
import { Button } from "#components/ui/button.tsx";
import type { HandedOutCode } from "#lib/codes/give-codes.ts";

/** Codes just handed out, of which one is in the open at a time, and each but once. */
export function ShownCodes({
  codes,
  onForget,
}: {
  codes: readonly HandedOutCode[];
  onForget: (codeId: string) => void;
}) {
  const t = useTranslations("inventory.handedOut");
  const [shown, setShown] = useState(codes.find(({ plain }) => plain)?.id ?? null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Hiding takes the focused button away; the keyboard goes on at the next code.
    if (shown === null && document.activeElement === document.body) {
      list.current?.querySelector("button")?.focus({ preventScroll: true });
    }
  }, [shown]);

  function show(codeId: string | null): void {
    if (shown !== null) onForget(shown);
    setShown(codeId);
  }
  return (
    <ol ref={list} className="grid gap-2">
      {codes.map(({ id, mask, plain }, at) => (
        <li key={id} className="grid gap-2">
          {plain && shown === id ? (
            <RevealShown codeId={id} code={plain} onHide={() => show(null)} />
          ) : (
            <div className="flex min-h-(--control-sm) items-center gap-3">
              <span className="w-6 text-right text-xs text-ink-3">{at + 1}</span>
              <code className="font-mono">{mask}</code>
              {plain ? (
                <Button
                  size="sm"
                  icon={<Eye aria-hidden />}
                  className="ml-auto"
                  aria-label={t("showNumber", { number: at + 1 })}
                  onClick={() => show(id)}
                >
                  {t("show")}
                </Button>
              ) : plain === null ? (
                <span className="ml-auto inline-flex items-center gap-1.5 text-xs text-risk">
                  <TriangleAlert aria-hidden className="size-3.5" />
                  {t("unopened")}
                </span>
              ) : (
                <span className="ml-auto text-xs text-ink-3">{t("forgotten")}</span>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
