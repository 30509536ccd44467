import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";

/** Told of a mock order, which is worth nothing. */
export function MockBadge() {
  const t = useTranslations("deliveries");
  return (
    <Badge tone="mock" icon={<FlaskConical aria-hidden />}>
      {t("mock.word")}
    </Badge>
  );
}
