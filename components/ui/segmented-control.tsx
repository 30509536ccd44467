"use client";

import { clsx } from "clsx";
import { type ReactNode, useId } from "react";

/** One of two to five, switching what is shown at once. Radios underneath: arrow keys move. */
export function SegmentedControl<Value extends string>({
  label,
  options,
  value,
  onValueChange,
  full = false,
  className,
}: {
  /** Names the group for screen readers. */
  label: string;
  options: readonly { value: Value; label: ReactNode; icon?: ReactNode; count?: number }[];
  value: Value;
  onValueChange: (value: Value) => void;
  /** Fills its line. */
  full?: boolean;
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset
      className={clsx(
        "h-(--control) max-w-full min-w-0 items-stretch gap-0.5 rounded-md border border-line-strong bg-sunken p-0.5",
        full ? "flex w-full" : "inline-flex w-fit",
        className,
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex min-w-0 flex-auto items-center justify-center gap-1.5 rounded-sm px-2 text-xs font-medium whitespace-nowrap text-ink-2 transition-colors hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent [&_.lucide]:size-3.5"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="sr-only"
          />
          {option.icon}
          <span className="truncate">{option.label}</span>
          {option.count !== undefined && <span className="text-ink-3">{option.count}</span>}
        </label>
      ))}
    </fieldset>
  );
}
