"use client";

import { Keyboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { useShortcuts } from "#components/shell/use-shortcuts.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

// Fetched when it is asked for.
const ShortcutSheet = lazy(async () => ({
  default: (await import("#components/shell/shortcut-sheet.tsx")).ShortcutSheet,
}));

/** The way to the list of keys, by button or `?`; for pages that have keys. */
export function ShortcutHelp() {
  const t = useTranslations("shell.keys");
  const [open, setOpen] = useState(false);
  useShortcuts([{ keys: ["?"], label: t("show"), group: t("title"), run: () => setOpen(true) }]);
  return (
    <>
      <IconButton
        label={t("show")}
        aria-keyshortcuts="?"
        onClick={() => setOpen(true)}
        className="pointer-coarse:hidden!"
      >
        <Keyboard aria-hidden />
      </IconButton>
      <Suspense>{open && <ShortcutSheet onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
