import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Facts by name. One below the other, or with `columns` side by side where there is room. */
export function DefinitionList({
  columns = false,
  children,
  className,
}: {
  columns?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <dl
      className={clsx(
        columns
          ? "grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-6 gap-y-3"
          : "grid gap-y-0.5",
        className,
      )}
    >
      {children}
    </dl>
  );
}

/** One fact. `row` (inside a list without columns) sets name and value on one line. */
export function Definition({
  term,
  row = false,
  children,
}: {
  term: ReactNode;
  row?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "min-w-0",
        row && "grid min-h-7 grid-cols-[minmax(7rem,2fr)_minmax(0,5fr)] items-baseline gap-3 py-1",
      )}
    >
      <dt className={clsx("text-xs text-ink-3", !row && "mb-0.5")}>{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
