import { readHttpDate } from "./http-date.ts";
import { limits } from "./limits.ts";

const SECONDS = /^\d{1,15}(?:\.\d{1,9})?$/;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * How long a 429 asks the account to stay silent, in milliseconds: from seconds or a date, clamped
 * to 1 s … 1 h. Null when the header is absent or makes no sense: whoever calls the account knows
 * how often that has happened.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  const waitMs = header === null ? null : asked(header.trim(), now);
  if (waitMs === null) return null;
  return Math.min(limits.maxRetryAfterMs, Math.max(limits.minRetryAfterMs, Math.ceil(waitMs)));
}

function asked(header: string, now: Date): number | null {
  if (SECONDS.test(header)) return Number(header) * 1000;
  const at = ISO.test(header) ? Date.parse(header) : readHttpDate(header)?.getTime();
  return at === undefined || Number.isNaN(at) ? null : at - now.getTime();
}
