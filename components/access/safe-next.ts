const base = "http://keyhold.invalid";

/**
 * Where to go after signing in, from an address bar that anybody may have filled in: a path of our
 * own pages, else the overview. Never another site, a script, an API answer or this page again.
 */
export function safeNext(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 2_000) return "/";
  // Browsers read a backslash as a slash, and drop tabs and line breaks before they read at all.
  if (!asked.startsWith("/") || /[\\\p{Cc}]/u.test(asked) || !URL.canParse(asked, base)) return "/";
  const url = new URL(asked, base);
  const { pathname } = url;
  if (url.origin !== base || pathname.startsWith("//")) return "/";
  if (/^\/(login|api)(\/|$)/.test(pathname)) return "/";
  return pathname + url.search + url.hash;
}
