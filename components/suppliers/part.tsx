import { type ReactNode, useId } from "react";

/** A named part of what is said of one supplier. `flush` lets a table run edge to edge. */
export function Part({
  title,
  aside,
  flush = false,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line pt-4 pb-5">
      <div className="px-gutter mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {aside}
      </div>
      <div className={flush ? "" : "px-gutter"}>{children}</div>
    </section>
  );
}
