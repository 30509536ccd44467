/** How a secret may stand in what somebody says back. Pure. */

/** Shorter ones would be found in any base64 by chance. */
const SHORTEST_ENCODED = 4;

/** Of a word within a secret: shorter ones tell little, and stand in any answer. */
const SHORTEST_WORD = 8;
const WORD = new RegExp(`[\\p{L}\\p{N}_-]{${SHORTEST_WORD},}`, "gu");
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * The secret, and what tells of it wherever it stands: a token is repeated without its "Bearer", and no spelling
 * foretells how quotes come out that were escaped three times.
 */
export function wordsOf(secret: string): string[] {
  return TIME.test(secret) ? [secret] : [secret, ...(secret.match(WORD) ?? [])];
}

const PLAIN = /^[\w.~-]*$/;

/**
 * As receivers may repeat it: in JSON of several makes, and that in JSON, in an address, in a page, in base64
 * wherever it begins there, in hex.
 */
export function spellingsOf(secret: string): string[] {
  // Most have nothing in them that anybody escapes.
  if (PLAIN.test(secret)) return [secret, ...encoded(Buffer.from(secret))];
  return [...new Set(inJson(secret).flatMap((text) => [text, ...repeated(text)]))];
}

function repeated(text: string): string[] {
  const json = escaped(text);
  return [
    json,
    json.replaceAll("/", "\\/"),
    encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")),
    text.replace(/[&<>"']/g, entity),
    text.replace(/[&<>"]/g, entity),
    text.replace(/[&<>]/g, entity),
    ...encoded(Buffer.from(text)),
  ];
}

function inJson(secret: string): string[] {
  const json = escaped(secret);
  // PHP's json_encode, and whatever keeps to ASCII.
  const slashed = json.replaceAll("/", "\\/");
  return [secret, ...[json, slashed].flatMap((text) => [text, text.replace(NOT_ASCII, unit)])];
}

/** Only what is the secret's whatever stands around it: at the edges, base64 mixes it with its neighbours. */
function encoded(bytes: Buffer): string[] {
  if (bytes.length < SHORTEST_ENCODED) return [];
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
  });
  const urlSafe = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = bytes.toString("hex");
  return [...base64, ...urlSafe, hex, hex.toUpperCase()];
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

const NOT_ASCII = /[^\x20-\x7e]/g;
const unit = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const entity = (character: string): string => ENTITIES[character] ?? character;
