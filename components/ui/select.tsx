import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { Ref, SelectHTMLAttributes } from "react";
import { controlClass } from "#components/ui/control-class.ts";

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** One of a few. The platform's own list: best with keyboards, screen readers and thumbs. */
export function Select({
  options,
  placeholder,
  size: _size,
  className,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & {
  options: readonly SelectOption[];
  /** An empty first choice. */
  placeholder?: string;
  ref?: Ref<HTMLSelectElement>;
}) {
  return (
    <span className={clsx("relative block min-w-0", className)}>
      <select
        className={clsx(controlClass, "h-(--control) appearance-none truncate pr-8 pl-2.5")}
        {...rest}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto text-ink-3"
      />
    </span>
  );
}
