import type { Messages } from "#i18n/catalog.ts";
import type { formats } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locales.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
    Formats: typeof formats;
  }
}
