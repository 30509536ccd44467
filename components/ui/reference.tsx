import { useTranslations } from "next-intl";
import { MonoId } from "#components/ui/mono-id.tsx";

/** The line that lets a person quote an error: its reference, with a copy button. */
export function Reference({ value }: { value: string }) {
  const t = useTranslations("ui");
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-ink-2">
      {t("error.reference")}
      <MonoId value={value} whole copyLabel={t("error.copyReference")} />
    </p>
  );
}
