import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** Below this a key is no proof of anybody today. */
const LEAST_BITS = 2048;

/** A key as suppliers hand it out: PEM, or the base64 of a PEM or of DER; null where it is none for this. */
export function readPublicKey(text: string): KeyObject | null {
  for (const read of [fromPem, fromBase64]) {
    const key = read(text.trim());
    if (key?.asymmetricKeyType === "rsa" && bitsOf(key) >= LEAST_BITS) return key;
  }
  return null;
}

/** Whether one of the keys belongs to what made this RSA-SHA256 (PKCS #1 v1.5) of the bytes. */
export function rsaMatches(raw: Buffer, given: string, keys: readonly KeyObject[]): boolean {
  const signature = Buffer.from(given, "base64");
  // Node skips what is not base64; a signature has one spelling here.
  if (signature.length === 0 || signature.toString("base64") !== given) return false;
  return keys.some((key) => verify("RSA-SHA256", raw, key, signature));
}

const bitsOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

/** Only public ones: a private key typed in by mistake would verify too, and be stored as if it were none. */
function fromPem(text: string): KeyObject | null {
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return null;
  return attempt(() => createPublicKey({ key: text, format: "pem" }));
}

function fromBase64(text: string): KeyObject | null {
  const bytes = Buffer.from(text, "base64");
  return (
    fromPem(bytes.toString("latin1")) ??
    attempt(() => createPublicKey({ key: bytes, format: "der", type: "spki" }))
  );
}

function attempt(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    return null;
  }
}
