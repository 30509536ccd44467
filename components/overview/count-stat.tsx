import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { Stat } from "#components/ui/stat.tsx";
import type { Tone } from "#components/ui/tone.ts";

/** A phone leaves out what is nowhere, down to the first figure of each line. */
export const phoneRow = "max-md:[&>li:not(:first-child):has([data-zero])]:hidden";

/** One number that leads to what it counts; quiet where it is none. */
export function CountStat({
  label,
  icon,
  tone,
  count,
  countedUpTo,
  hint,
  href,
}: {
  label: ReactNode;
  icon?: ReactNode;
  tone: Tone;
  count: number;
  /** From there on it stands for more than it says. */
  countedUpTo?: number;
  hint?: ReactNode;
  href: string;
}) {
  const format = useFormatter();
  return (
    <Stat
      label={label}
      {...(icon && { icon })}
      tone={count > 0 ? tone : "waiting"}
      value={
        <span {...(count === 0 && { "data-zero": "", className: "text-ink-3" })}>
          {format.number(count, "count")}
          {countedUpTo !== undefined && count >= countedUpTo && "+"}
        </span>
      }
      {...(hint && { hint })}
      href={href}
    />
  );
}
