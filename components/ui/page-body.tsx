import { clsx } from "clsx";
import type { ReactNode } from "react";

/** Content that is not edge to edge: forms, prose, facts. `narrow` keeps a form in one column. */
export function PageBody({
  narrow = false,
  children,
  className,
}: {
  narrow?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className="px-gutter pb-10">
      <div className={clsx("grid gap-6", narrow && "max-w-160", className)}>{children}</div>
    </div>
  );
}
