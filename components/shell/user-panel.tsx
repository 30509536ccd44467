"use client";

import { Bolt, CircleUser, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { LanguageControl, ThemeControl } from "#components/shell/preference-controls.tsx";
import type { ShellState } from "#components/shell/shell-state.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Theme } from "#i18n/preferences.ts";

/** What the user menu opens. */
export function UserPanel({
  user,
  theme,
  signOut,
  onLeave,
}: {
  user: ShellState["user"];
  theme: Theme;
  signOut: () => Promise<void>;
  onLeave: () => void;
}) {
  const t = useTranslations();
  return (
    <div className="w-72">
      <div className="grid gap-0.5 border-b border-line px-4 py-3">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-xs text-ink-2">{user.email}</p>
        <p className="text-xs text-ink-3">{t(`common.role.${user.role}`)}</p>
      </div>
      <div className="grid gap-3 border-b border-line px-4 py-3">
        <div className="grid gap-1">
          <span aria-hidden className="text-xs text-ink-2">
            {t("shell.language")}
          </span>
          <LanguageControl full />
        </div>
        <div className="grid gap-1">
          <span aria-hidden className="text-xs text-ink-2">
            {t("shell.theme.label")}
          </span>
          <ThemeControl theme={theme} full />
        </div>
      </div>
      <div className="border-b border-line p-2">
        <ButtonLink
          href="/settings/account"
          onClick={onLeave}
          variant="ghost"
          icon={<CircleUser aria-hidden />}
          className="w-full justify-start!"
        >
          {t("shell.account")}
        </ButtonLink>
        <ButtonLink
          href="/settings"
          onClick={onLeave}
          variant="ghost"
          icon={<Bolt aria-hidden />}
          className="w-full justify-start!"
        >
          {t("shell.nav.settings")}
        </ButtonLink>
      </div>
      <form action={signOut} className="p-2">
        <SubmitButton
          variant="ghost"
          icon={<LogOut aria-hidden />}
          className="w-full justify-start!"
        >
          {t("shell.signOut")}
        </SubmitButton>
      </form>
    </div>
  );
}
