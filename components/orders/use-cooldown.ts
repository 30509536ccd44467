"use client";

import { useState } from "react";
import { useClock } from "#components/ui/use-clock.ts";

/**
 * Whole seconds until something may be done again; 0 once it may.
 * @param until when, ISO, and `leftMs` how far off that was when the server said so: a computer whose
 * clock is wrong counts down from there
 */
export function useCooldown(until: string | null, leftMs: number): number {
  const now = useClock();
  const [known, setKnown] = useState({ until, overAt: now + leftMs });
  if (known.until !== until) setKnown({ until, overAt: now + leftMs });
  return Math.max(0, Math.ceil((known.overAt - now) / 1_000));
}
