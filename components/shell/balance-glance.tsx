"use client";

import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { useShell } from "#components/shell/live-shell.tsx";
import { Money } from "#components/ui/money.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";

/** The main balance at a glance, with its age on hover and focus; leads to all of them. */
export function BalanceGlance() {
  const t = useTranslations("shell");
  const ago = useAgo();
  const { balances } = useShell().state;
  const first = balances[0];
  const sampledAt = first ? Date.parse(first.sampledAt) : undefined;
  const now = useClock(sampledAt);
  return (
    <NextLink
      href="/balance"
      prefetch={false}
      {...(sampledAt !== undefined && {
        "data-tip": t("balance.sampled", { ago: ago(now - sampledAt) }),
      })}
      suppressHydrationWarning
      className="flex h-(--control) items-center gap-1.5 rounded-md px-2 text-xs transition-colors hover:bg-hover max-md:hidden"
    >
      <span className="sr-only">{t("balance.label")}</span>
      {first ? (
        <Money amount={first.available} currency={first.currency} className="font-medium" />
      ) : (
        <span className="text-ink-3">{t("balance.none")}</span>
      )}
      {balances.length > 1 && (
        <span className="text-ink-3 max-lg:hidden">
          {t("balance.more", { count: balances.length - 1 })}
        </span>
      )}
    </NextLink>
  );
}
