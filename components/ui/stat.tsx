import { clsx } from "clsx";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { type Tone, toneSign } from "#components/ui/tone.ts";

/** A line of figures, with lines between them instead of boxes around them. */
export function StatRow({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <ul
      className={clsx(
        "grid grid-cols-[repeat(auto-fit,minmax(min(10rem,50%),1fr))] gap-px overflow-hidden border-y border-line not-last:-mb-px",
        className,
      )}
    >
      {children}
    </ul>
  );
}

/** One figure with its name. With `href` the whole of it leads to what it counts. */
export function Stat({
  label,
  value,
  hint,
  icon,
  tone = "waiting",
  href,
}: {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  icon?: ReactNode;
  tone?: Tone;
  href?: string;
}) {
  const inside = (
    <>
      <span className="flex items-center gap-1.5 text-xs text-ink-2 [&_.lucide]:size-3.5">
        {icon && <span className={clsx("inline-flex", toneSign[tone])}>{icon}</span>}
        {label}
      </span>
      <span className="text-xl font-semibold tracking-tight">{value}</span>
      {hint && <span className="text-xs text-ink-3">{hint}</span>}
    </>
  );
  const look = "grid h-full content-start gap-0.5 px-(--gutter) py-3";
  return (
    <li className="min-w-0 shadow-[0_0_0_1px_var(--color-line)]">
      {href ? (
        <NextLink
          href={href}
          prefetch={false}
          className={clsx(look, "transition-colors hover:bg-hover focus-visible:-outline-offset-2")}
        >
          {inside}
        </NextLink>
      ) : (
        <div className={look}>{inside}</div>
      )}
    </li>
  );
}
