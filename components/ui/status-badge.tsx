import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type Tone, toneSign, toneSoft } from "#components/ui/tone.ts";

/**
 * A state: icon, word and tone together, never colour alone. `plain` for tables, where fifty filled
 * boxes would shout; `soft` where one state is the point of the page.
 */
export function StatusBadge({
  tone,
  icon,
  children,
  look = "plain",
  className,
}: {
  tone: Tone;
  icon: ReactNode;
  children: ReactNode;
  look?: "plain" | "soft";
  className?: string;
}) {
  if (look === "soft") {
    return (
      <span
        className={clsx(
          "inline-flex h-6 items-center align-middle gap-1.5 rounded-md border px-2 text-xs font-medium whitespace-nowrap [&_.lucide]:size-3.5",
          toneSoft[tone],
          className,
        )}
      >
        {icon}
        {children}
      </span>
    );
  }
  return (
    <span
      className={clsx("inline-flex items-center gap-1.5 align-middle whitespace-nowrap", className)}
    >
      <span aria-hidden className={clsx("inline-flex", toneSign[tone])}>
        {icon}
      </span>
      {children}
    </span>
  );
}
