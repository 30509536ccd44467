import { type ReactNode, useId } from "react";

/** A line of figures under its name. */
export function Strip({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pb-4">
      <h2 id={id} className="px-gutter pb-1.5 text-xs font-medium text-ink-2">
        {title}
      </h2>
      {children}
    </section>
  );
}
