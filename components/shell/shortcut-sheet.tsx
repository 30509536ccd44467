"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { listShortcuts, type Shortcut } from "#components/shell/shortcuts.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

const SIGNS: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
  shift: "⇧",
};

/** One key as it stands on the keyboard: a sign where it has one, else its letter. */
const signOf = (part: string): string =>
  SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part);

/** All keys that work on this page, by what they are for. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.keys");
  // As they were when it was opened: while a dialog is open none of them works.
  const [known] = useState(() => listShortcuts().filter(({ label }) => label !== null));
  const groups = [...new Set(known.map(({ group }) => group))];
  return (
    <Dialog open title={t("title")} onOpenChange={(open) => !open && onClose()}>
      {/* Not the cross: its tooltip would take the first Escape for itself. */}
      <div
        tabIndex={-1}
        data-autofocus
        className="gap-8 outline-none sm:columns-2 [&>section]:mb-5 [&>section]:break-inside-avoid"
      >
        {groups.map((group) => (
          <section key={group} className="grid content-start gap-1.5">
            <h3 className="text-xs font-medium text-ink-3">{group}</h3>
            <dl className="grid gap-1">
              {known
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <Line key={shortcut.keys.join()} shortcut={shortcut} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Line({ shortcut: { keys, label } }: { shortcut: Shortcut }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="min-w-0">{label}</dt>
      <dd className="flex shrink-0 gap-1.5">
        {keys.map((key) => (
          <span key={key} className="flex gap-0.5">
            {(key.length > 1 ? key.split("+") : [key]).map((part) => (
              <Kbd key={part}>{signOf(part)}</Kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
