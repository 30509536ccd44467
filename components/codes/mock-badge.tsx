import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";

/** A code that is worth nothing. */
export function MockBadge() {
  const t = useTranslations("codes");
  return (
    <Badge tone="mock" icon={<FlaskConical aria-hidden />}>
      {t("mock")}
    </Badge>
  );
}
