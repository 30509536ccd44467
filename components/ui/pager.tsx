import { clsx } from "clsx";
import { ChevronLeft, ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button-class.ts";

/** Earlier and later pages of a keyset list; a missing address is a missing page. */
export function Pager({
  previousHref,
  nextHref,
  children,
}: {
  previousHref?: string | null;
  nextHref?: string | null;
  /** What is shown, such as "1–50 of about 12,000". */
  children?: ReactNode;
}) {
  const t = useTranslations("ui");
  return (
    <nav
      aria-label={t("pager.label")}
      className="px-gutter flex min-h-12 items-center justify-between gap-3 py-2 text-xs text-ink-2"
    >
      <span>{children}</span>
      <span className="flex gap-1.5">
        <PagerLink href={previousHref}>
          <ChevronLeft aria-hidden className="size-3.5" />
          {t("pager.previous")}
        </PagerLink>
        <PagerLink href={nextHref}>
          {t("pager.next")}
          <ChevronRight aria-hidden className="size-3.5" />
        </PagerLink>
      </span>
    </nav>
  );
}

function PagerLink({ href, children }: { href?: string | null; children: ReactNode }) {
  const look = buttonClass({ size: "sm" });
  if (!href) {
    return (
      <span aria-hidden className={clsx(look, "pointer-events-none text-ink-3")}>
        {children}
      </span>
    );
  }
  return (
    <NextLink href={href} prefetch={false} className={look}>
      {children}
    </NextLink>
  );
}
