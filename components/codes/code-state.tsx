import { Eye, EyeOff, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { CodeRow } from "#lib/codes/types.ts";

/** Whether somebody has seen the code, or it must not be handed out at all. */
export function CodeState({ code }: { code: Pick<CodeRow, "withheld" | "revealedAt"> }) {
  const t = useTranslations("codes.state");
  if (code.withheld) {
    return (
      <span data-tip={t("withheldTip")}>
        <StatusBadge tone="risk" icon={<Lock aria-hidden />}>
          {t("withheld")}
        </StatusBadge>
      </span>
    );
  }
  if (!code.revealedAt) {
    return (
      <StatusBadge tone="waiting" icon={<EyeOff aria-hidden />}>
        {t("closed")}
      </StatusBadge>
    );
  }
  return (
    <StatusBadge tone="done" icon={<Eye aria-hidden />}>
      {t("revealed")}
      <span className="text-ink-3 max-md:hidden">
        <RelativeTime at={code.revealedAt} focusable={false} />
      </span>
    </StatusBadge>
  );
}
