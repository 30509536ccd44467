import { clsx } from "clsx";
import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";

/** A link that looks like a button: going somewhere is a link, doing something is a button. */
export function ButtonLink({
  variant = "secondary",
  size = "md",
  icon,
  prefetch = false,
  className,
  children,
  ...rest
}: ComponentProps<typeof NextLink> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
}) {
  return (
    <NextLink
      prefetch={prefetch}
      className={clsx(buttonClass({ variant, size }), className)}
      {...rest}
    >
      {icon}
      {children}
    </NextLink>
  );
}
