/** The date forms HTTP allows. Anything looser, `Date.parse` would read into junk. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** The moment a date header names, to the second; null for anything that is none. */
export function readHttpDate(header: string): Date | null {
  const text = header.trim();
  if (!HTTP_DATE.test(text) && !ASCTIME.test(text)) return null;
  const at = Date.parse(ASCTIME.test(text) ? `${text} GMT` : text);
  return Number.isNaN(at) ? null : new Date(at);
}
