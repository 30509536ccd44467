"use client";

import { lazy, Suspense } from "react";
import type { ReadError } from "#components/live/read-json.ts";

const StaleWords = lazy(async () => ({
  default: (await import("#components/live/stale-words.tsx")).StaleWords,
}));

/** Says that what is on the screen could not be brought up to date. Nothing while it can. */
export function StaleNotice({ error, retry }: { error: ReadError | null; retry: () => void }) {
  if (!error) return null;
  return (
    <Suspense fallback={null}>
      <StaleWords error={error} retry={retry} />
    </Suspense>
  );
}
