import { useTranslations } from "next-intl";
import { isReason } from "#components/deliveries/reasons.ts";

/** Why it failed or was not sent, in two or three words; one that nobody knows here by its own name. */
export function ReasonWord({ reason }: { reason: string }) {
  const t = useTranslations("deliveries.reason");
  return isReason(reason) ? t(reason) : <code className="font-mono text-xs">{reason}</code>;
}
