import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** A grey bar of the size of what will come. Give it its width and height by class. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "block rounded-sm bg-skeleton motion-safe:animate-breathe",
        className ?? "h-3.5 w-24",
      )}
    />
  );
}

/** Wraps skeletons: says "Loading" once, and shows nothing for the first 150 ms. */
export function Loading({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  return (
    <div role="status" aria-busy className="motion-safe:animate-late">
      <span className="sr-only">{t("loading")}</span>
      {children}
    </div>
  );
}

/** The title line of a page, its filters if it has any. */
export function PageHeaderSkeleton({ toolbar = false }: { toolbar?: boolean }) {
  return (
    <>
      <div className="px-gutter flex min-h-16 items-center justify-between gap-4 py-3">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-(--control) w-28 rounded-md" />
      </div>
      {toolbar && (
        <div className="px-gutter flex min-h-11 items-center gap-2 pb-3">
          <Skeleton className="h-(--control-sm) w-28 rounded-md" />
          <Skeleton className="h-(--control-sm) w-36 rounded-md" />
        </div>
      )}
    </>
  );
}

/** Rows of a table. `columns` are widths as classes; the first is the growing one. */
export function TableSkeleton({
  rows = 12,
  columns = ["w-48", "w-20", "w-16", "w-20"],
}: {
  rows?: number;
  columns?: readonly string[];
}) {
  const lines = Array.from({ length: rows }, (_, row) => row);
  return (
    <div className="border-t border-line">
      <div className="h-8 border-b border-line max-md:hidden" />
      {lines.map((row) => (
        <div
          key={row}
          className="px-gutter flex h-(--row) items-center gap-6 border-b border-line max-md:h-16"
        >
          {columns.map((width, column) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              key={column}
              className={clsx(
                column === 0 ? "flex-1" : "max-md:hidden",
                column > 2 && "max-lg:hidden",
              )}
            >
              <Skeleton className={clsx("h-3.5 max-w-full", width)} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Lines of text of uneven length. */
export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  const widths = ["w-full", "w-11/12", "w-4/5", "w-2/3"];
  return (
    <div className="grid gap-2.5">
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <Skeleton key={line} className={clsx("h-3.5", widths[line % widths.length])} />
      ))}
    </div>
  );
}
