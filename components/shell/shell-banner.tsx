"use client";

import { lazy, Suspense, useEffect } from "react";
import { useShell } from "#components/shell/live-shell.tsx";

const loadText = async () => ({
  default: (await import("#components/shell/banner-text.tsx")).BannerText,
});
const BannerText = lazy(loadText);

/** The one line under the top bar, for what concerns every page: signed out, unreachable, late. */
export function ShellBanner() {
  const { state, problem } = useShell();
  useEffect(() => {
    // Fetched while the server can be reached: when it can't is when the banner is needed.
    void loadText();
  }, []);
  if (problem === "none" && state.engine.health === "ok" && !state.alerting) return null;
  return (
    <Suspense fallback={null}>
      <BannerText />
    </Suspense>
  );
}
