"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import type { CatalogProgress as Progress } from "./catalog-progress.tsx";

// Seen on the first day only, so no other day loads it.
const CatalogProgress = lazy(async () => ({
  default: (await import("./catalog-progress.tsx")).CatalogProgress,
}));

/** Stands in for the form while there is nothing to order yet. */
export function CatalogWait({ initial }: ComponentProps<typeof Progress>) {
  return (
    <Suspense fallback={null}>
      <CatalogProgress initial={initial} />
    </Suspense>
  );
}
