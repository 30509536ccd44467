import { clsx } from "clsx";
import NextLink from "next/link";
import type { ComponentProps } from "react";

const tones = {
  accent: "text-accent underline-offset-3 hover:underline",
  quiet: "text-ink-2 underline-offset-3 hover:text-ink hover:underline",
  /** In running text a link is underlined: colour alone would not tell it apart. */
  prose: "text-accent underline underline-offset-3 hover:text-accent-hover",
  plain: "",
};

/**
 * A link inside the console. It isn't prefetched unless asked: a table of fifty links would
 * otherwise ask the server fifty times.
 */
export function Link({
  tone = "accent",
  prefetch = false,
  className,
  ...rest
}: ComponentProps<typeof NextLink> & { tone?: keyof typeof tones }) {
  return (
    <NextLink
      prefetch={prefetch}
      className={clsx("rounded-sm", tones[tone], className)}
      {...rest}
    />
  );
}
