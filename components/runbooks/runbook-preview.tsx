"use client";

import { lazy, Suspense, useDeferredValue } from "react";
import { buttonClass } from "#components/ui/button-class.ts";
import { TextSkeleton } from "#components/ui/skeleton.tsx";
import type { RunbookLocale } from "#lib/alerts/runbooks/types.ts";

// Parsing Markdown takes more code than all of the page.
const RunbookText = lazy(async () => ({
  default: (await import("#components/runbooks/runbook-text.tsx")).RunbookText,
}));

/** A runbook as it stands beside an alert; its buttons look like buttons and do nothing. */
export function RunbookPreview({ markdown, locale }: { markdown: string; locale: RunbookLocale }) {
  const shown = useDeferredValue(markdown);
  return (
    <div lang={locale}>
      <Suspense fallback={<TextSkeleton lines={9} />}>
        <RunbookText
          markdown={shown}
          renderButton={(_, words) => <span className={buttonClass({ size: "sm" })}>{words}</span>}
        />
      </Suspense>
    </div>
  );
}
