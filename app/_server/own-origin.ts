/** Whether a POST comes from one of our own pages: an absent, `null` or foreign Origin is none. */
export function isOwnOrigin(headers: Headers): boolean {
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
