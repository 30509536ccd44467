import { clsx } from "clsx";
import type { ReactNode } from "react";

/** The line under a page's title: search and filters at the start, `end` at the other side. */
export function Toolbar({
  children,
  end,
  className,
}: {
  children: ReactNode;
  end?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={clsx(
        "px-gutter flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 pb-3",
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 flex-wrap max-md:basis-full items-center gap-2">
        {children}
      </div>
      {end && <div className="flex flex-wrap items-center gap-2">{end}</div>}
    </div>
  );
}
