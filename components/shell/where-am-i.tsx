"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { type Crumb, whereIs } from "#components/shell/where.ts";
import { shortId } from "#components/ui/short-id.ts";

/** What people have named, they know whole; ids of machines are longer. */
const LONGEST_NAME = 24;

/** The way to this page. A phone shows the last step and the way back. */
export function WhereAmI() {
  const t = useTranslations("shell");
  const crumbs = whereIs(usePathname());
  const parent = crumbs.at(-2);
  const name = (crumb: Crumb) => {
    if ("room" in crumb) return t(`nav.${crumb.room}`);
    if ("page" in crumb) return t(`way.${crumb.page}`);
    return (
      <span className="font-mono text-xs">
        {crumb.id.length > LONGEST_NAME ? shortId(crumb.id) : crumb.id}
      </span>
    );
  };
  return (
    <nav aria-label={t("breadcrumb")} className="flex min-w-0 items-center gap-1.5">
      {parent && (
        <NextLink
          href={parent.href}
          prefetch={false}
          className="-ml-2 flex h-(--control) min-w-0 items-center gap-0.5 rounded-md pr-1 pl-0.5 text-ink-2 md:hidden"
        >
          <ChevronLeft aria-hidden />
          {name(parent)}
        </NextLink>
      )}
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.href}>
          {index > 0 && <ChevronRight aria-hidden className="size-3.5 text-ink-3 max-md:hidden" />}
          {index === crumbs.length - 1 ? (
            <span
              aria-current="page"
              className={parent ? "truncate font-medium max-md:hidden" : "truncate font-medium"}
            >
              {name(crumb)}
            </span>
          ) : (
            <NextLink
              href={crumb.href}
              prefetch={false}
              className="truncate rounded-sm text-ink-2 hover:text-ink max-md:hidden"
            >
              {name(crumb)}
            </NextLink>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
