import { getTranslations } from "next-intl/server";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";

/** What each kind of alert is called, without the rest of its words. */
export async function kindTitles(): Promise<Record<AlertKind, string>> {
  const t = await getTranslations("alerts.kind");
  const kinds = Object.keys(ALERT_KINDS) as AlertKind[];
  // i18n-use: alerts.kind.*
  return Object.fromEntries(kinds.map((kind) => [kind, t(`${kind}.title`)])) as Record<
    AlertKind,
    string
  >;
}
