import { clsx } from "clsx";
import {
  type ButtonHTMLAttributes,
  Children,
  cloneElement,
  isValidElement,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";
import { Spinner } from "#components/ui/spinner.tsx";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** An icon element before the words. */
  icon?: ReactNode;
  /** Shows a spinner in the same width and swallows clicks; focus stays where it is. */
  busy?: boolean;
  /** Puts the look on the only child (a link, mostly) instead of a `<button>`. */
  asChild?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

function swallow(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}

/** A verb with its object ("Place order"). One primary button a page. */
export function Button({
  variant = "secondary",
  size = "md",
  icon,
  busy = false,
  asChild = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const look = clsx(buttonClass({ variant, size }), className);
  if (asChild) {
    const child = Children.only(children);
    if (!isValidElement<{ className?: string; children?: ReactNode }>(child)) return null;
    const inside = (
      <>
        {icon}
        {child.props.children}
      </>
    );
    return cloneElement(child, { className: clsx(look, child.props.className) }, inside);
  }
  // Not `disabled` while busy: that would drop the keyboard focus. Enter in a form clicks the
  // submit button, so swallowing the click also stops a second submit.
  const busyProps = busy ? { "aria-busy": true, "aria-disabled": true, onClick: swallow } : {};
  return (
    <button type={type} className={look} {...(onClick && { onClick })} {...rest} {...busyProps}>
      {busy && <Spinner className="absolute" />}
      {icon && <span className={clsx("contents", busy && "[&>*]:opacity-0")}>{icon}</span>}
      <span className={clsx(busy && "opacity-0")}>{children}</span>
    </button>
  );
}
