import { Plus } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { type NavKey, navItems, newOrderHref } from "#components/shell/nav-items.tsx";
import { NavLinks } from "#components/shell/nav-link.tsx";

const itemsOf = (...keys: NavKey[]) => navItems.filter(({ key }) => keys.includes(key));

/** The rail of a phone: four rooms, and for whoever may the main action in reach of the thumb. */
export function BottomBar({ mayPlace }: { mayPlace: boolean }) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("nav.label")}
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        <NavLinks place="bar" items={itemsOf("overview", "alerts")} />
        {mayPlace && (
          <li className="flex items-center justify-center">
            <NextLink
              href={newOrderHref}
              prefetch={false}
              aria-label={t("nav.newOrder")}
              className="grid h-10 w-14 place-items-center rounded-lg bg-accent-fill text-on-accent"
            >
              <Plus aria-hidden className="size-5" />
            </NextLink>
          </li>
        )}
        <NavLinks place="bar" items={itemsOf("orders", "codes")} />
      </ul>
    </nav>
  );
}
