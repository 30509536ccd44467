import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Tone, toneSoft } from "#components/ui/tone.ts";

/** A short word in a box: a kind, a count, an environment. For states take `StatusBadge`. */
export function Badge({
  tone = "waiting",
  icon,
  tip,
  children,
  className,
}: {
  tone?: Tone;
  icon?: ReactNode;
  /** More about it, on hover and focus. */
  tip?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      {...(tip && { "data-tip": tip })}
      className={clsx(
        "inline-flex h-5 items-center align-middle gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap [&_.lucide]:size-3",
        toneSoft[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
