import type { ReactNode } from "react";

/** A place with nothing in it yet: what will be here, and the one action that fills it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: ReactNode;
  /** One or two sentences. */
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="px-gutter flex flex-col items-center gap-3 py-16 text-center">
      {icon && (
        <span
          aria-hidden
          className="grid size-9 place-items-center rounded-lg border border-line-strong bg-ground text-ink-3"
        >
          {icon}
        </span>
      )}
      <div className="grid max-w-96 gap-1">
        <p className="text-base font-medium">{title}</p>
        {children && <div className="text-pretty text-ink-2">{children}</div>}
      </div>
      {action}
    </div>
  );
}
