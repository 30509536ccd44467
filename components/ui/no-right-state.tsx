import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The reader may not see or do this: what it would be, and who could grant it. */
export function NoRightState({
  title,
  children,
  whoGrants,
  heading = 2,
}: {
  title?: ReactNode;
  children?: ReactNode;
  /** Who could grant it: "An admin can change your role." */
  whoGrants: ReactNode;
  heading?: 1 | 2;
}) {
  const t = useTranslations("ui");
  const Heading = `h${heading}` as const;
  return (
    <div data-no-right="" className="px-gutter flex flex-col items-start gap-3 py-10">
      <Lock aria-hidden className="size-5 text-ink-3" />
      <div className="grid max-w-prose gap-1">
        <Heading className="text-base font-semibold">{title ?? t("noRight.title")}</Heading>
        {children && <div className="text-pretty text-ink-2">{children}</div>}
        <p className="text-pretty text-ink-2">{whoGrants}</p>
      </div>
    </div>
  );
}
