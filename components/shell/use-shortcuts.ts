"use client";

import { useEffect, useRef } from "react";
import { addShortcuts, type Shortcut } from "#components/shell/shortcuts.ts";

/** Shortcuts that work while the component is there; off while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => addShortcuts(() => latest.current), []);
}
