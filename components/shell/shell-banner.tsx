"use client";

import { lazy, Suspense } from "react";
import { useShell } from "#components/shell/live-shell.tsx";

const BannerText = lazy(async () => ({
  default: (await import("#components/shell/banner-text.tsx")).BannerText,
}));

/** The one line under the top bar, for what concerns every page: signed out, unreachable, late. */
export function ShellBanner() {
  const { state, problem } = useShell();
  if (problem === "none" && state.engine.health === "ok") return null;
  return (
    <Suspense fallback={null}>
      <BannerText />
    </Suspense>
  );
}
