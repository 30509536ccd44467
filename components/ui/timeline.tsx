import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Tone, toneSign } from "#components/ui/tone.ts";

/** What happened, one below the other, along a line. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="grid">
      {children}
    </ol>
  );
}

export function TimelineItem({
  tone = "waiting",
  icon,
  title,
  at,
  by,
  children,
}: {
  tone?: Tone;
  icon: ReactNode;
  title: ReactNode;
  /** A time element. */
  at: ReactNode;
  /** Who or what did it. */
  by?: ReactNode;
  /** More: a reason, an error, a wait. */
  children?: ReactNode;
}) {
  return (
    <li className="group grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
      <span aria-hidden className="flex flex-col items-center">
        <span
          className={clsx(
            "grid size-5 shrink-0 place-items-center rounded-full bg-surface [&_.lucide]:size-3.5",
            toneSign[tone],
          )}
        >
          {icon}
        </span>
        <span className="w-px flex-1 bg-line-strong group-last:hidden" />
      </span>
      <div className="grid gap-0.5 pb-4 group-last:pb-0">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 font-medium wrap-anywhere">{title}</span>
          <span className="flex items-baseline gap-2 text-xs text-ink-3">
            {by && <span>{by}</span>}
            {at}
          </span>
        </div>
        {children && (
          <div className="max-w-prose text-xs text-pretty text-ink-2 wrap-anywhere">{children}</div>
        )}
      </div>
    </li>
  );
}
