import { createPublicKey, type KeyObject, verify } from "node:crypto";

/**
 * What a supplier signs with is his to choose, and one is known whose published key has no more (Woovi); of less
 * than this anybody can find the other half.
 */
const LEAST_BITS = 1024;

const PEM_BLOCK = /-----BEGIN (?:RSA )?PUBLIC KEY-----[^-]*-----END (?:RSA )?PUBLIC KEY-----/g;

/**
 * Keys as suppliers hand them out: PEM blocks among whatever else, or the base64 of such a list or of one key's
 * DER. What is no key for this is left out.
 */
export const readPublicKeys = (text: string): KeyObject[] => keysIn(text).filter(isFit);

/** Whether all the keys of a list are for this: one that was left out would be missed only when it is needed. */
export const isKeyList = (text: string): boolean => keysIn(text).every(isFit);

/** Whether it is, or holds, a public key of any kind: what everybody may know, and so proves nobody. */
export function isPublicKey(text: string): boolean {
  const decoded = Buffer.from(text, "base64").toString("latin1");
  return [text, decoded].some((one) => /PUBLIC KEY-----/.test(one)) || keysIn(text).some(Boolean);
}

/** Whether one of the keys belongs to what made this RSA-SHA256 (PKCS #1 v1.5) of the bytes. */
export function rsaMatches(raw: Buffer, given: string, keys: readonly KeyObject[]): boolean {
  const signature = Buffer.from(given, "base64");
  // Node skips what is not base64; a signature has one spelling here.
  if (signature.length === 0 || signature.toString("base64") !== given) return false;
  return keys.some((key) => verify("RSA-SHA256", raw, key, signature));
}

const isFit = (key: KeyObject | null): key is KeyObject =>
  key?.asymmetricKeyType === "rsa" && bitsOf(key) >= LEAST_BITS;

const bitsOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

function keysIn(text: string): (KeyObject | null)[] {
  const bytes = Buffer.from(text, "base64");
  return (
    pemKeysIn(text) ??
    pemKeysIn(bytes.toString("latin1")) ?? [
      attempt(() => createPublicKey({ key: bytes, format: "der", type: "spki" })),
    ]
  );
}

/** Only public ones: a private key typed in by mistake would verify too, and be stored as if it were none. */
function pemKeysIn(text: string): (KeyObject | null)[] | null {
  const blocks = text.match(PEM_BLOCK);
  return blocks?.map((key) => attempt(() => createPublicKey({ key, format: "pem" }))) ?? null;
}

function attempt(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    return null;
  }
}
