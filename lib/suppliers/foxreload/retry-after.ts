import { limits } from "./limits.ts";

const SECONDS = /^\d{1,15}(?:\.\d{1,9})?$/;
/** The date forms HTTP allows, plus ISO. Anything looser, `Date.parse` would read into junk. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * How long a 429 asks the account to stay silent, in milliseconds: from seconds or a date, clamped
 * to 1 s … 1 h; 30 s when the header is absent or makes no sense.
 */
export function retryAfterMs(header: string | null, now: Date): number {
  const waitMs = header === null ? null : asked(header.trim(), now);
  if (waitMs === null) return limits.defaultRetryAfterMs;
  return Math.min(limits.maxRetryAfterMs, Math.max(limits.minRetryAfterMs, Math.ceil(waitMs)));
}

function asked(header: string, now: Date): number | null {
  if (SECONDS.test(header)) return Number(header) * 1000;
  const text = ASCTIME.test(header) ? `${header} GMT` : header;
  if (text === header && !HTTP_DATE.test(header) && !ISO.test(header)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at - now.getTime();
}
