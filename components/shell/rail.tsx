import { Plus } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { Mark, Wordmark } from "#components/shell/mark.tsx";
import { navItems, newOrderHref } from "#components/shell/nav-items.tsx";
import { NavLinks } from "#components/shell/nav-link.tsx";
import { RailStamp } from "#components/shell/rail-stamp.tsx";

/** The narrow rail at the left: icons above their words, beside them where there is room. */
export function Rail({ mayPlace }: { mayPlace: boolean }) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-ground md:flex"
    >
      <NextLink
        href="/"
        prefetch={false}
        aria-label="Keyhold"
        className="flex h-(--topbar) shrink-0 items-center justify-center lg:justify-start lg:px-4.5"
      >
        <Mark className="size-6 lg:hidden" />
        <Wordmark className="max-lg:hidden" />
      </NextLink>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-2 py-2">
        {mayPlace && (
          <NextLink
            href={newOrderHref}
            prefetch={false}
            className="flex min-h-14 flex-col items-center justify-center gap-1 rounded-md border border-line-strong bg-raised text-center text-xs font-medium transition-colors hover:border-control hover:bg-hover lg:min-h-(--control) lg:flex-row lg:gap-1.5 lg:text-sm [&_.lucide]:text-accent"
          >
            <Plus aria-hidden />
            {t("nav.newOrder")}
          </NextLink>
        )}
        <ul className="grid gap-0.5">
          <NavLinks place="rail" items={navItems} />
        </ul>
      </div>
      <RailStamp />
    </nav>
  );
}
