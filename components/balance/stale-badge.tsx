import { ClockAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";

/** Marks an amount that hasn't been read for so long that it may have moved. */
export function StaleBadge() {
  const t = useTranslations("balance");
  return (
    <Badge tone="look" icon={<ClockAlert aria-hidden />} tip={t("staleTip")}>
      {t("stale")}
    </Badge>
  );
}
