import { getLocale } from "next-intl/server";
import { liveRoute } from "#app/_server/live-route.ts";
import { isLocale } from "#i18n/locales.ts";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { readRunbook } from "#lib/alerts/runbooks/read-runbook.ts";

const isKind = (word: string | undefined): word is AlertKind =>
  word !== undefined && Object.hasOwn(ALERT_KINDS, word);

/** The runbook of a kind in the reader's language. */
export const GET = liveRoute(async (ctx, actor, { params: { kind } }) => {
  const locale = await getLocale();
  if (!isKind(kind) || !isLocale(locale)) return null;
  const runbook = await readRunbook(ctx, actor, kind, locale);
  return { ...runbook, readAt: ctx.now().toISOString() };
});
