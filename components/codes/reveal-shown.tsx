"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { noteCopyAction } from "#app/(console)/codes/reveal-actions.ts";
import { CodeParts } from "#components/codes/code-parts.tsx";
import { useSecondsLeft } from "#components/codes/use-seconds-left.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { RevealedCode } from "#lib/codes/reveal-code.ts";
import { SHOWN_SECONDS } from "#lib/codes/reveal-limits.ts";

/** A code in the open: to read, to copy, and gone again after half a minute. */
export function RevealShown({
  codeId,
  code,
  onHide,
}: {
  codeId: string;
  code: RevealedCode;
  onHide: () => void;
}) {
  const t = useTranslations("reveal.shown");
  const left = useSecondsLeft(SHOWN_SECONDS, onHide);
  const hideButton = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone; the keyboard goes on from here.
  useEffect(() => hideButton.current?.focus({ preventScroll: true }), []);
  const { value, parts } = code;
  return (
    <div className="grid min-w-0 gap-3 rounded-md border border-accent-line bg-accent-soft px-3 py-2.5 motion-safe:animate-appear">
      <p role="status" className="sr-only">
        {t("said", { seconds: SHOWN_SECONDS })}
      </p>
      {/* Where there is no room beside the code the buttons stand above it, not below its parts. */}
      <div className="flex flex-wrap-reverse items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <CodeParts parts={parts} onCopied={(part) => noteCopied(codeId, part === "code")} />
        </div>
        <span className="ml-auto flex items-center gap-1.5">
          {parts.code !== value && (
            <CopyButton
              value={value}
              label={t("copyAll")}
              words
              variant="secondary"
              onCopied={() => noteCopied(codeId, true)}
            />
          )}
          <Button ref={hideButton} size="sm" icon={<EyeOff aria-hidden />} onClick={onHide}>
            {t("hide")}
          </Button>
        </span>
      </div>
      <div className="flex flex-wrap justify-between gap-x-4 text-xs text-ink-2">
        <span>{t("recorded")}</span>
        <span aria-hidden>{t("hidesIn", { seconds: left })}</span>
      </div>
    </div>
  );
}

const RETRY_MS = 2_000;

/** Copying needs no network and noting it does: it is tried once more, and then the reveal has to do. */
function noteCopied(codeId: string, whole: boolean): void {
  noteCopyAction(codeId, whole).catch(() =>
    setTimeout(() => void noteCopyAction(codeId, whole).catch(() => undefined), RETRY_MS),
  );
}
