import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The head of a page: its name, what qualifies it, and its one main action at the right. */
export function PageHeader({
  title,
  badge,
  meta,
  action,
  longTitle = false,
}: {
  title: ReactNode;
  /** A state beside the title. */
  badge?: ReactNode;
  /** A quiet line below: ids, who, when it was last heard. */
  meta?: ReactNode;
  action?: ReactNode;
  /** Its name takes a line of a phone: many actions stand below it, not beside. */
  longTitle?: boolean;
}) {
  return (
    <header className="px-gutter flex min-h-16 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className={clsx("grid flex-1 gap-0.5", longTitle ? "min-w-48" : "min-w-0")}>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-xl font-semibold wrap-anywhere">{title}</h1>
          {badge}
        </div>
        {meta && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-2">
            {meta}
          </div>
        )}
      </div>
      {action && <div className="flex shrink-0 flex-wrap items-center gap-2">{action}</div>}
    </header>
  );
}
