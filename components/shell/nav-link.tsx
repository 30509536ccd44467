"use client";

import { clsx } from "clsx";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useShell } from "#components/shell/live-shell.tsx";
import type { NavItem, NavKey } from "#components/shell/nav-items.tsx";

function isWithin(pathname: string, href: string): boolean {
  if (href === "/") return pathname === "/";
  return (pathname === href || pathname.startsWith(`${href}/`)) && pathname !== "/orders/new";
}

/**
 * The links of the main navigation: in the rail, or in the bar below on a phone. The items come from the server, so
 * that their icons cost no script.
 */
export function NavLinks({ items, place }: { items: readonly NavItem[]; place: "rail" | "bar" }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { alerts, unattributed, deliveries } = useShell().state.counts;
  const waiting: Partial<Record<NavKey, number>> = {
    alerts,
    supplierOrders: unattributed,
    deliveries,
  };
  return items.map(({ key, href, icon }) => {
    const current = isWithin(pathname, href);
    const count = waiting[key] ?? 0;
    return (
      <li key={key} className="flex min-w-0">
        <NextLink
          href={href}
          prefetch={false}
          aria-current={current ? "page" : undefined}
          className={clsx(
            "group relative flex min-w-0 flex-1 items-center font-medium transition-colors",
            "[&_.lucide]:size-4.5 aria-[current=page]:[&_.lucide]:text-accent",
            current ? "text-ink" : "text-ink-2 hover:text-ink",
            place === "bar"
              ? "h-14 flex-col justify-center gap-1 text-xs"
              : "min-h-14 flex-col justify-center gap-1 rounded-md text-xs hover:bg-hover aria-[current=page]:bg-pressed lg:min-h-(--control) lg:flex-row lg:justify-start lg:gap-2.5 lg:px-2.5 lg:text-sm lg:[&_.lucide]:size-4",
          )}
        >
          {icon}
          <span className="max-w-full truncate md:max-lg:text-center md:max-lg:text-balance md:max-lg:whitespace-normal">
            {t(`nav.${key}`)}
          </span>
          {count > 0 && (
            <span
              className={clsx(
                "min-w-4.5 rounded-full bg-look-soft px-1 text-center text-xs/4.5 font-medium text-look",
                "absolute top-1.5 left-[calc(50%+0.375rem)]",
                place === "rail" && "lg:static lg:ml-auto",
              )}
            >
              <span aria-hidden>{count > 99 ? "99+" : count}</span>
              <span className="sr-only">{t("attention", { count })}</span>
            </span>
          )}
        </NextLink>
      </li>
    );
  });
}
