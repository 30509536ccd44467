/** 1 to 255 visible ASCII characters. */
const PLAIN = /^[\x21-\x7e]{1,255}$/;
/** The string of RFC 9651, as the IETF draft on the header has it. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;

/**
 * The value of an `Idempotency-Key` header, in the draft's quotes or bare, as most APIs have it: the same key
 * either way. Null for what is none.
 */
export function readIdempotencyKey(header: string): string | null {
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(["\\])/g, "$1");
  return PLAIN.test(text) && !text.startsWith('"') ? text : null;
}
