import { clsx } from "clsx";
import type { ReactNode } from "react";

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

/** One of a few, all visible. Native radios in a fieldset; arrow keys come with them. */
export function RadioGroup({
  legend,
  name,
  options,
  value,
  defaultValue,
  onValueChange,
  hideLegend = false,
  startHere = false,
  className,
}: {
  legend: ReactNode;
  name: string;
  options: readonly RadioOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  hideLegend?: boolean;
  /** Focus begins here, at what is chosen, in a dialog that opens. */
  startHere?: boolean;
  className?: string;
}) {
  const chosen = options.findIndex((option) => option.value === (value ?? defaultValue));
  const first = Math.max(0, chosen);
  return (
    <fieldset className={clsx("min-w-0", className)}>
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-xs font-medium text-ink-2"}>
        {legend}
      </legend>
      <div className="grid gap-1.5">
        {options.map((option, index) => (
          <label
            key={option.value}
            className="flex min-h-6 items-start gap-2 has-disabled:text-ink-3"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              {...(startHere && index === first && { "data-autofocus": true })}
              {...(value !== undefined
                ? { checked: value === option.value }
                : { defaultChecked: defaultValue === option.value })}
              {...(onValueChange && { onChange: () => onValueChange(option.value) })}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-surface transition-colors checked:border-5 checked:border-accent-fill hover:border-ink-3 checked:hover:border-accent-fill disabled:bg-sunken forced-colors:appearance-auto"
            />
            <span className="min-w-0">
              {option.label}
              {option.hint && <span className="block text-xs text-ink-2">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
