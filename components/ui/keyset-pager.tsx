"use client";

import { ArrowUpToLine, ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button-class.ts";

/**
 * The way to older rows and back to the newest, for lists whose filter lives in the address. Real
 * links, followed without leaving the page. Nothing while there is only one page.
 */
export function KeysetPager({
  after,
  next,
  hrefOf,
  onGo,
}: {
  /** The id after which this page begins; null on the newest. */
  after: string | null;
  /** The id after which older rows come; null on the last page. */
  next: string | null;
  hrefOf: (after: string | null) => string;
  onGo: (after: string | null) => void;
}) {
  const t = useTranslations("ui.pager");
  if (!next && !after) return null;
  const link = (to: string | null, content: ReactNode) => (
    <NextLink
      href={hrefOf(to)}
      prefetch={false}
      className={buttonClass({ size: "sm" })}
      onNavigate={(event) => {
        event.preventDefault();
        onGo(to);
      }}
    >
      {content}
    </NextLink>
  );
  return (
    <nav
      aria-label={t("label")}
      className="px-gutter flex min-h-12 items-center justify-end gap-1.5 py-2"
    >
      {after &&
        link(
          null,
          <>
            <ArrowUpToLine aria-hidden className="size-3.5" />
            {t("newest")}
          </>,
        )}
      {next &&
        link(
          next,
          <>
            {t("older")}
            <ChevronRight aria-hidden className="size-3.5" />
          </>,
        )}
    </nav>
  );
}
