"use client";

import { lazy, Suspense, useEffect } from "react";
import type { ReadError } from "#components/live/read-json.ts";

const loadWords = async () => ({
  default: (await import("#components/live/stale-words.tsx")).StaleWords,
});
const StaleWords = lazy(loadWords);

/** Says that what is on the screen could not be brought up to date. Nothing while it can. */
export function StaleNotice({ error, retry }: { error: ReadError | null; retry: () => void }) {
  useEffect(() => {
    // Fetched while the server can be reached: when it can't is when the words are needed.
    void loadWords();
  }, []);
  if (!error) return null;
  return (
    <Suspense fallback={null}>
      <StaleWords error={error} retry={retry} />
    </Suspense>
  );
}
