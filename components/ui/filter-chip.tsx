import { X } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const removeClass =
  "-mr-px inline-flex h-full w-6 items-center justify-center rounded-r-md text-ink-3 transition-colors hover:bg-hover hover:text-ink pointer-coarse:w-9";

/** A filter in force, with the one way out of it: a link without it, or a function. */
export function FilterChip({
  label,
  value,
  removeHref,
  onRemove,
}: {
  label: string;
  value: string;
  removeHref?: string;
  onRemove?: () => void;
}) {
  const t = useTranslations("ui");
  const remove = t("filter.remove", { label, value });
  const cross: ReactNode = <X aria-hidden className="size-3.5" />;
  return (
    <span className="inline-flex h-(--control-sm) max-w-full items-center rounded-md border border-line-strong bg-raised pl-2 text-xs">
      <span className="text-ink-3">{label}</span>
      <span className="ml-1 max-w-48 truncate font-medium">{value}</span>
      <span className="ml-1 h-full">
        {removeHref ? (
          <NextLink
            href={removeHref}
            prefetch={false}
            scroll={false}
            aria-label={remove}
            className={removeClass}
          >
            {cross}
          </NextLink>
        ) : (
          <button type="button" aria-label={remove} onClick={onRemove} className={removeClass}>
            {cross}
          </button>
        )}
      </span>
    </span>
  );
}
