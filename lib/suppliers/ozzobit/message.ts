import { createDecipheriv } from "node:crypto";
import { isObject } from "../http/is-object.ts";
import { parseJson } from "../http/parse-json.ts";
import type { Json } from "../port.ts";

/** A 12-byte nonce, a 16-byte tag, and at least one byte. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Where the papers' own words would put it; they name no place. */
const PAYLOAD_FIELDS = ["payload", "encryptedData", "encryptedPayload", "encrypted", "data"];
const KEY_BYTES = 32;

/**
 * What a body is, by its looks alone. One that names an event is plain, whatever else stands in it: so nobody can put
 * a payload that was signed once beside an event of his own.
 */
export type Message =
  | { kind: "plain"; json: { [key: string]: Json } }
  | { kind: "encrypted"; payload: string }
  | { kind: "neither" };

/** Reads a body as it came: JSON with the event, a text in base64, or JSON that is or holds such a text. */
export function readMessage(raw: Buffer): Message {
  const text = raw.toString("utf8");
  const parsed = parseJson(text);
  if (!parsed.ok) return encrypted(text.trim());
  const { json } = parsed;
  if (typeof json === "string") return encrypted(json.trim());
  if (!isObject(json)) return { kind: "neither" };
  if ((json.eventName ?? null) !== null) return { kind: "plain", json };
  const texts = Object.entries(json).flatMap(([name, value]) =>
    typeof value === "string" && isSealed(value.trim()) ? [{ name, value: value.trim() }] : [],
  );
  const known = PAYLOAD_FIELDS.flatMap((field) => texts.filter(({ name }) => name === field));
  const [only] = known.length > 0 ? known : texts.length === 1 ? texts : [];
  return only ? { kind: "encrypted", payload: only.value } : { kind: "neither" };
}

/** The plain text of a payload by the first secret that opens it; null where none does. */
export function openPayload(payload: string, secrets: readonly string[]): Json | null {
  const bytes = Buffer.from(payload, "base64");
  for (const secret of secrets) {
    const text = openBy(keyOf(secret), bytes);
    const parsed = text === null ? null : parseJson(text);
    if (parsed?.ok) return parsed.json;
  }
  return null;
}

/** As the supplier's guide makes it: zeros (the character) from the left up to 32 bytes, and cut there. */
function keyOf(secret: string): Buffer {
  const bytes = Buffer.from(secret, "utf8");
  const zeros = Buffer.alloc(Math.max(0, KEY_BYTES - bytes.length), "0");
  return Buffer.concat([zeros, bytes]).subarray(0, KEY_BYTES);
}

function openBy(key: Buffer, sealed: Buffer): string | null {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const opener = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  opener.setAuthTag(tag);
  try {
    const text = opener.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, opener.final()]).toString("utf8");
  } catch {
    return null;
  }
}

const encrypted = (text: string): Message =>
  isSealed(text) ? { kind: "encrypted", payload: text } : { kind: "neither" };

const isSealed = (text: string): boolean =>
  BASE64.test(text) && Buffer.byteLength(text, "base64") > NONCE_BYTES + TAG_BYTES;
