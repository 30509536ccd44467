"use client";

import { useNow } from "next-intl";
import { useSyncExternalStore } from "react";

/**
 * One clock for the whole page, ticking every second while anybody listens and the tab is seen.
 * It is corrected by the server's: on a computer whose clock is minutes off, "3 s ago" must still
 * be true.
 */
const listeners = new Set<() => void>();
let time = Date.now();
let offset: number | null = null;
let timer: ReturnType<typeof setInterval> | undefined;

/** Differences below this are the page's own way through the network, not a wrong clock. */
const tolerance = 30_000;

function tick() {
  if (document.visibilityState === "hidden") return;
  time = Date.now() + (offset ?? 0);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!timer) {
    timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    queueMicrotask(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener("visibilitychange", tick);
  };
}

/**
 * Now, in milliseconds, by the server's clock. With `since`, it moves every second for what is less
 * than a minute old and every ten seconds after, so that a long table hardly ever renders.
 */
export function useClock(since?: number): number {
  const rendered = useNow().getTime();
  if (offset === null && typeof window !== "undefined") {
    const difference = rendered - Date.now();
    offset = Math.abs(difference) > tolerance ? difference : 0;
    time = Date.now() + offset;
  }
  return useSyncExternalStore(
    subscribe,
    () => coarse(time, since),
    () => coarse(rendered, since),
  );
}

function coarse(now: number, since: number | undefined): number {
  const grain = since === undefined || now - since < 60_000 ? 1000 : 10_000;
  return Math.floor(now / grain) * grain;
}
