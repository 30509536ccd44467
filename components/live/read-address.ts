/** Longer searches are cut: nobody types them. */
export const LONGEST_SEARCH = 200;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The search of a list from its address; "" for none. */
export const readSearch = (raw: string | null): string =>
  (raw ?? "").slice(0, LONGEST_SEARCH).trim();

/** The id after which a page of a list begins, from its address; null for none or junk. */
export const readAfter = (raw: string | null): string | null =>
  raw && uuid.test(raw) ? raw.toLowerCase() : null;

const anyId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id from the address, be it a digest that is no version of a UUID; null for none or junk. */
export const readId = (raw: string | null): string | null =>
  raw && anyId.test(raw) ? raw.toLowerCase() : null;

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;

/** An instant from the address, as `Date` writes it, so that the same is always the same address; null for none or junk. */
export function readInstant(raw: string | null): string | null {
  const at = raw && iso.test(raw) ? Date.parse(raw) : Number.NaN;
  return at > 0 && at < Date.UTC(3000, 0) ? new Date(at).toISOString() : null;
}

/** The query string of what isn't null, in the order given: the key under which a list is kept. */
export function toQuery(raw: Record<string, string | null>): string {
  const entries = Object.entries(raw).filter(([, value]) => value !== null);
  return new URLSearchParams(entries as [string, string][]).toString();
}
