"use client";

import type { ReactNode } from "react";
import { ResponsiveContainer } from "recharts";

/**
 * A drawing with its name and what its colours mean; who can't see it is told the sum of it. Heavy: load
 * what uses it when it is needed.
 */
export function ChartFigure({
  title,
  keys,
  summary,
  children,
}: {
  title: string;
  keys: readonly { colour: string; label: string }[];
  summary: string;
  /** One chart of recharts. */
  children: ReactNode;
}) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        <span className="font-medium">{title}</span>
        <span className="sr-only">{summary}</span>
        {keys.map(({ colour, label }) => (
          <span key={label} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: colour }} />
            {label}
          </span>
        ))}
      </figcaption>
      <div aria-hidden className="h-48">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 480, height: 192 }}
        >
          {children}
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
