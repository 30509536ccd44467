import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { loadMessages } from "#i18n/catalog.ts";
import { formats } from "#i18n/formats.ts";
import { isLocale } from "#i18n/locales.ts";
import { pickLocale } from "#i18n/pick-locale.ts";
import { localeCookie, pickTimeZone, timeZoneCookie } from "#i18n/preferences.ts";

export default getRequestConfig(async ({ locale: asked }) => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = isLocale(asked)
    ? asked
    : pickLocale(jar.get(localeCookie)?.value, head.get("accept-language"));
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: pickTimeZone(jar.get(timeZoneCookie)?.value),
    now: new Date(),
    formats,
  };
});
