/** The languages of the console. The first is the fallback and the source of the message keys. */
export const locales = ["en", "hi"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "en";

/** Each language in its own words: the menu that changes language never translates these. */
export const localeNames: Record<Locale, string> = { en: "English", hi: "हिन्दी" };

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
