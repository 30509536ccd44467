import { clsx } from "clsx";
import { Check } from "lucide-react";
import type { InputHTMLAttributes, ReactNode, Ref } from "react";

type BoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "children"> & {
  ref?: Ref<HTMLInputElement>;
};

/** Yes or no, taken with the rest of the form. A native checkbox: works before any script runs. */
export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: BoxProps & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={clsx("flex min-h-6 items-start gap-2 has-disabled:text-ink-3", className)}>
      <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          className="peer absolute inset-0 m-0 appearance-none rounded-sm border border-control bg-surface transition-colors checked:border-accent-fill checked:bg-accent-fill hover:border-ink-3 checked:hover:border-accent-fill disabled:bg-sunken forced-colors:appearance-auto"
          {...rest}
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none relative hidden size-3 text-on-accent peer-checked:block forced-colors:hidden"
        />
      </span>
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-xs text-ink-2">{hint}</span>}
      </span>
    </label>
  );
}

/** A setting that takes effect at once. For anything sent with a form take `Checkbox`. */
export function Switch({
  label,
  hint,
  className,
  ...rest
}: BoxProps & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={clsx("flex min-h-6 items-start gap-2.5 has-disabled:text-ink-3", className)}>
      <input
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
        role="switch"
        className={clsx(
          "relative mt-0.5 h-4.5 w-8 shrink-0 appearance-none rounded-full border border-control bg-sunken transition-colors",
          "after:absolute after:top-0.5 after:left-0.5 after:size-3 after:rounded-full after:bg-control after:transition-transform",
          "checked:border-accent-fill checked:bg-accent-fill checked:after:translate-x-3.5 checked:after:bg-on-accent",
          "forced-colors:appearance-auto",
        )}
        {...rest}
      />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-xs text-ink-2">{hint}</span>}
      </span>
    </label>
  );
}
