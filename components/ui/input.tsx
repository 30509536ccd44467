import { clsx } from "clsx";
import type { InputHTMLAttributes, ReactNode, Ref } from "react";
import { controlClass } from "#components/ui/control-class.ts";

/** One line of text. Give it its label with `Field`, or `aria-label` where the place says it. */
export function Input({
  icon,
  mono = false,
  className,
  type = "text",
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & {
  /** A decorative icon at the start, such as a magnifying glass. */
  icon?: ReactNode;
  mono?: boolean;
  ref?: Ref<HTMLInputElement>;
}) {
  const input = (
    <input
      type={type}
      className={clsx(
        controlClass,
        "h-(--control) read-only:bg-sunken",
        icon ? "pr-2.5 pl-8" : "px-2.5",
        mono && "font-mono",
        !icon && className,
      )}
      {...rest}
    />
  );
  if (!icon) return input;
  return (
    <span className={clsx("relative block", className)}>
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-3"
      >
        {icon}
      </span>
      {input}
    </span>
  );
}
