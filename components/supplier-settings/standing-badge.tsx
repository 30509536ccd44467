"use client";

import { CirclePause, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { standingOf } from "#components/supplier-settings/standing-of.ts";
import { healthSigns } from "#components/suppliers/health-signs.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import type { SupplierRow } from "#lib/suppliers/room-types.ts";

/** How an account stands, in a word. */
export function AccountBadge({
  account,
  look = "plain",
}: {
  account: SupplierRow;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("supplierSettings.standing");
  // i18n-use: suppliers.health.*
  const calls = useTranslations("suppliers.health");
  const standing = standingOf(account, useClock());
  switch (standing.kind) {
    case "not_connected":
      return (
        <StatusBadge tone="risk" icon={<Unplug aria-hidden />} look={look}>
          {t("notConnected")}
        </StatusBadge>
      );
    case "paused":
      return (
        <StatusBadge tone="look" icon={<CirclePause aria-hidden />} look={look}>
          {t(`paused.${standing.what}`)}
        </StatusBadge>
      );
    case "calls": {
      const { tone, icon } = healthSigns[standing.health];
      return (
        <StatusBadge tone={tone} icon={icon} look={look}>
          <span suppressHydrationWarning>{calls(`${standing.health}.word`)}</span>
        </StatusBadge>
      );
    }
  }
}
