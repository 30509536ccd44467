import { type ReactNode, useId } from "react";

/** One piece of evidence under its name; a table in it runs edge to edge. */
export function EvidencePart({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-1.5">
      <div className="px-gutter flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        {aside && <span className="text-xs text-ink-2">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
