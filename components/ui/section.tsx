import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

/** A named part of a page. `flush` lets its content (a table) run edge to edge. */
export function Section({
  title,
  description,
  action,
  flush = false,
  children,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  flush?: boolean;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={clsx("border-t border-line pt-4 pb-6", className)}>
      <div className="px-gutter mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-0.5">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {description && (
            <p className="max-w-prose text-xs text-pretty text-ink-2">{description}</p>
          )}
        </div>
        {action}
      </div>
      <div className={clsx(!flush && "px-gutter")}>{children}</div>
    </section>
  );
}
