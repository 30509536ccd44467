"use client";

import type { MouseEvent, ReactNode } from "react";

const ownBusiness = "a, button, input, select, textarea, label, summary, [role=menuitem]";

// Spelt out for the same reason as in table.tsx.
const rowgroup = { role: "rowgroup" };

/** Leads a click on a row to the row's link, as the pointer's shortcut; links stay real links. */
function followRow(event: MouseEvent<HTMLElement>) {
  const from = event.target;
  if (event.defaultPrevented || !(from instanceof Element) || from.closest(ownBusiness)) return;
  // Whoever marks text to copy it doesn't want to leave.
  if (window.getSelection()?.isCollapsed === false) return;
  const link = from.closest("tr[data-link]")?.querySelector<HTMLElement>("a[data-row-link]");
  if (!link) return;
  const { button, ctrlKey, metaKey, shiftKey } = event;
  if (event.type === "auxclick" && button !== 1) return;
  link.dispatchEvent(
    new window.MouseEvent("click", {
      bubbles: true,
      cancelable: true,
      // A middle click opens a tab, as it would on the link itself.
      ctrlKey: ctrlKey || button === 1,
      metaKey,
      shiftKey,
    }),
  );
}

/** The body of a `Table`, whose `TR link` rows can be clicked anywhere. */
export function TBody({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the link itself
    <tbody {...rowgroup} onClick={followRow} onAuxClick={followRow}>
      {children}
    </tbody>
  );
}
