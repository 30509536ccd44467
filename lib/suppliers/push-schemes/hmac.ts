import { createHmac } from "node:crypto";
import { sameBytes } from "./same-bytes.ts";

export type Encoding = "hex" | "base64";

const SHA256_BYTES = 32;

/**
 * Whether one of the secrets made this HMAC-SHA256 of the bytes. All are tried, so that the time doesn't tell which;
 * an empty one proves nothing.
 * @param parts what was signed, one after the other
 */
export function hmacMatches(
  parts: readonly (Buffer | string)[],
  given: string,
  secrets: readonly (string | Buffer)[],
  encoding: Encoding,
): boolean {
  const bytes = decode(given, encoding);
  if (!bytes) return false;
  const matches = secrets.filter((secret) => {
    if (secret.length === 0) return false;
    const hmac = createHmac("sha256", secret);
    for (const part of parts) hmac.update(part);
    return sameBytes(bytes, hmac.digest());
  });
  return matches.length > 0;
}

/** Node skips what it can't read. A digest has one spelling here: hex all small or all capital, base64 padded. */
function decode(given: string, encoding: Encoding): Buffer | null {
  const bytes = Buffer.from(given, encoding);
  if (bytes.length !== SHA256_BYTES) return null;
  const spelt = bytes.toString(encoding);
  const isSpelt = spelt === given || (encoding === "hex" && spelt.toUpperCase() === given);
  return isSpelt ? bytes : null;
}
