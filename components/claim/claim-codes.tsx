"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CodeParts } from "#components/codes/code-parts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ClaimedCode } from "#lib/codes/claim-types.ts";

/** What was behind the link. It is shown until the page is left, and never again. */
export function ClaimCodes({ codes }: { codes: ClaimedCode[] }) {
  const t = useTranslations("claim.shown");
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone; eyes, ears and keyboard go on from here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
        {t("title", { count: codes.length })}
      </h1>
      <Notice tone="look">{t("once", { count: codes.length })}</Notice>
      <ol className="grid gap-4">
        {codes.map((code, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was opened never changes
          <li key={at} className="grid gap-3 rounded-md border border-line px-4 py-3">
            <Claimed code={code} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Claimed({ code: { productName, region, guide, value, parts } }: { code: ClaimedCode }) {
  const t = useTranslations("claim.shown");
  return (
    <>
      <h2 className="flex min-w-0 flex-wrap items-center gap-2 text-base font-medium">
        <span className="min-w-0 wrap-anywhere">{productName}</span>
        {region && <Badge>{region}</Badge>}
      </h2>
      <CodeParts parts={parts} />
      {parts.code !== value && parts.esim === null && (
        <CopyButton
          value={value}
          label={t("copyAll")}
          words
          variant="secondary"
          className="w-fit"
        />
      )}
      {guide && (
        <details className="group">
          <summary className="flex min-h-(--control-sm) w-fit items-center gap-1 rounded-sm text-ink-2 select-none hover:text-ink">
            <ChevronRight
              aria-hidden
              className="size-3.5 transition-transform group-open:rotate-90"
            />
            {t("guide")}
          </summary>
          <p className="mt-1 pl-4.5 whitespace-pre-line text-ink-2 wrap-anywhere">{guide}</p>
        </details>
      )}
    </>
  );
}
