import { checkUrl } from "#lib/platform/check-url.ts";
import { UrlRefused } from "#lib/platform/outbound-errors.ts";

/**
 * The address of a supplier's page that a person may be sent to, in its one spelling: https, on a public host and
 * an ordinary port, without a user name. Null for anything else, `javascript:` first of all.
 */
export function readPageAddress(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.trim();
  const [bare = ""] = text.split("#");
  try {
    checkUrl(bare, { ownNetwork: false });
  } catch (error) {
    if (error instanceof UrlRefused) return null;
    throw error;
  }
  // What stands behind the `#` never leaves the browser, and its parts may belong to the page.
  return /[\s\\]|\p{C}/u.test(text) ? null : new URL(text).href;
}
