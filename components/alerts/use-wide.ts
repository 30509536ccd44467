"use client";

import { useSyncExternalStore } from "react";

/** From here on the alert stands beside the list; Tailwind's `lg`. */
const WIDE = "(min-width: 64rem)";

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(WIDE);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

export const isWideNow = (): boolean => window.matchMedia(WIDE).matches;

/** Whether there is room for list and alert side by side. The server, who can't know, takes it for granted. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, isWideNow, () => true);
