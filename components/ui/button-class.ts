import { clsx } from "clsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent-fill text-on-accent hover:bg-accent-fill-hover",
  secondary:
    "border border-line-strong bg-raised text-ink hover:border-control hover:bg-hover active:bg-pressed",
  ghost: "text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed",
  danger: "bg-danger text-on-danger hover:bg-danger-hover",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-(--control-sm) px-2.5 text-xs",
  md: "h-(--control) px-3 text-sm",
  lg: "h-(--control-lg) px-4 text-base",
};

const squares: Record<ButtonSize, string> = {
  sm: "size-(--control-sm)",
  md: "size-(--control)",
  lg: "size-(--control-lg)",
};

/** The look of a button, for whatever element carries it. `square` is for a lone icon. */
export function buttonClass({
  variant = "secondary",
  size = "md",
  square = false,
}: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  square?: boolean;
} = {}): string {
  return clsx(
    "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors",
    "disabled:opacity-55 aria-disabled:opacity-55 aria-busy:opacity-100",
    variants[variant],
    square ? squares[size] : sizes[size],
  );
}
