import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";

/** Striped and violet, so that nobody takes a mock order for a real one, at a glance or without colour. */
export function MockBanner() {
  const t = useTranslations("orders.mock");
  return (
    <div className="border-b border-mock-line bg-mock-soft text-mock">
      <div
        aria-hidden
        className="h-1.5 bg-[repeating-linear-gradient(135deg,var(--color-mock-line)_0_6px,transparent_6px_12px)]"
      />
      <p className="px-gutter flex flex-wrap items-center gap-x-2 py-2">
        <FlaskConical aria-hidden />
        <span className="font-medium">{t("title")}</span>
        <span>{t("banner")}</span>
      </p>
    </div>
  );
}
