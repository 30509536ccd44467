"use client";

import { useTranslations } from "next-intl";
import { useShell } from "#components/shell/live-shell.tsx";
import { Badge } from "#components/ui/badge.tsx";

/** Says where this is not real: demo or development data. */
export function EnvironmentBadge() {
  const t = useTranslations("shell");
  const { environment } = useShell().state;
  if (environment === "production") return null;
  return <Badge tip={t(`environment.${environment}Tip`)}>{t(`environment.${environment}`)}</Badge>;
}
