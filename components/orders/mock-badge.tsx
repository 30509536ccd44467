import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";

/** Where a table is narrow, a badge keeps its icon and says its word to screen readers only. */
export const tightWord = "md:max-lg:sr-only";

/** An order that costs no money and brings no real codes. */
export function MockBadge({ tight = false }: { tight?: boolean }) {
  const t = useTranslations("orders");
  return (
    <Badge tone="mock" icon={<FlaskConical aria-hidden />} {...(tight && { tip: t("mock.word") })}>
      <span className={tight ? tightWord : ""}>{t("mock.word")}</span>
    </Badge>
  );
}
