/** What a visitor chose about language, theme and time zone. All of it lives in cookies only. */

export const localeCookie = "keyhold_locale";
export const themeCookie = "keyhold_theme";
export const timeZoneCookie = "keyhold_tz";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** Anything but a known theme means: follow the operating system. */
export function pickTheme(cookie: string | undefined): Theme {
  return isTheme(cookie) ? cookie : "system";
}

/** Anything but a time zone that this runtime knows means UTC. */
export function pickTimeZone(cookie: string | undefined): string {
  if (!cookie || cookie.length > 64) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
