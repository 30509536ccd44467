"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";
import { useShell } from "#components/shell/live-shell.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Theme } from "#i18n/preferences.ts";

const loadPanel = () => import("#components/shell/user-panel.tsx");
const UserPanel = lazy(async () => ({ default: (await loadPanel()).UserPanel }));

/** Who is signed in, language, theme, and the way out. */
export function UserMenu({ theme, signOut }: { theme: Theme; signOut: () => Promise<void> }) {
  const t = useTranslations("shell");
  const { user } = useShell().state;
  return (
    <Popover
      label={t("userMenu")}
      preload={loadPanel}
      buttonProps={{
        className:
          "grid size-7 shrink-0 place-items-center rounded-full border border-line-strong bg-ground text-xs font-semibold text-ink-2 transition-colors hover:border-control hover:text-ink pointer-coarse:size-9",
      }}
      button={
        <>
          <span aria-hidden>{initials(user.name)}</span>
          <span className="sr-only">{`${t("userMenu")}: ${user.name}`}</span>
        </>
      }
    >
      {(close) => <UserPanel user={user} theme={theme} signOut={signOut} onLeave={close} />}
    </Popover>
  );
}

/** The first letters of the first and last word, by whole characters of any script. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  const segmenter = new Intl.Segmenter();
  return letters
    .map((word) => [...segmenter.segment(word ?? "")][0]?.segment ?? "")
    .join("")
    .toUpperCase();
}
