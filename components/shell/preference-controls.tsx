"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import { setLocale, setTheme } from "#app/_server/preferences.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { localeNames, locales } from "#i18n/locales.ts";
import type { Theme } from "#i18n/preferences.ts";

/** Language, kept in a cookie; the page comes back in it. */
export function LanguageControl({ full = false }: { full?: boolean }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const [shown, show] = useOptimistic(locale);
  const [, start] = useTransition();
  return (
    <SegmentedControl
      label={t("language")}
      value={shown}
      options={locales.map((value) => ({
        value,
        label: <span lang={value}>{localeNames[value]}</span>,
      }))}
      onValueChange={(next) =>
        start(async () => {
          show(next);
          await setLocale(next);
        })
      }
      full={full}
    />
  );
}

/** Theme, kept in a cookie and applied at once. */
export function ThemeControl({ theme, full = false }: { theme: Theme; full?: boolean }) {
  const t = useTranslations("shell");
  const [shown, show] = useOptimistic(theme);
  const [, start] = useTransition();
  return (
    <SegmentedControl
      label={t("theme.label")}
      value={shown}
      options={[
        { value: "system", label: t("theme.system"), icon: <Monitor aria-hidden /> },
        { value: "light", label: t("theme.light"), icon: <Sun aria-hidden /> },
        { value: "dark", label: t("theme.dark"), icon: <Moon aria-hidden /> },
      ]}
      onValueChange={(next) =>
        start(async () => {
          show(next);
          // Before the server answers, too; what it then renders says the same.
          document.documentElement.dataset.theme = next;
          await setTheme(next);
        })
      }
      full={full}
    />
  );
}
