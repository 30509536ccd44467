import { useTranslations } from "next-intl";
import { RelativeTime } from "#components/ui/time.tsx";
import type { RunbookStanding } from "#lib/alerts/runbooks/types.ts";

/** Whose words a runbook has: ours, or who changed it when. */
export function RunbookStandingWords({
  standing: { isEdited, updatedBy, updatedAt },
}: {
  standing: RunbookStanding;
}) {
  const t = useTranslations("runbooks.standing");
  if (!isEdited || updatedAt === null) return <span className="text-ink-3">{t("shipped")}</span>;
  return t.rich("changed", {
    name: updatedBy ?? "",
    ago: () => <RelativeTime at={updatedAt} focusable={false} />,
  });
}
