import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const NONCES_AT_ONCE = 128;

/** A sealed value doesn't open: tampered with, of another place, or its key isn't to be had. */
export class SealError extends Error {
  override name = "SealError";
}

/**
 * AES-256-GCM: `nonce|ciphertext|tag`, each in base64url.
 * @param boundTo what it belongs to; it opens for nothing else
 */
export function encrypt(
  key: Buffer,
  nonce: Buffer,
  boundTo: string,
  plaintext: string | Buffer,
): string {
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  const text =
    typeof plaintext === "string" ? cipher.update(plaintext, "utf8") : cipher.update(plaintext);
  // In this mode the end adds nothing to the text.
  cipher.final();
  const tag = cipher.getAuthTag();
  return `${nonce.toString("base64url")}|${text.toString("base64url")}|${tag.toString("base64url")}`;
}

/** Undoes `encrypt`. Throws a `SealError` at any other byte, spelling, key or place. */
export function decrypt(key: Buffer, boundTo: string, sealed: string): Buffer {
  const [nonce, text, tag, ...rest] = sealed.split("|");
  if (!nonce || text === undefined || !tag || rest.length > 0) {
    throw new SealError("Not a sealed value of a known version.");
  }
  try {
    // Node accepts shorter tags unless told otherwise.
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv("aes-256-gcm", key, bytes(nonce, NONCE_BYTES), options);
    decipher.setAAD(Buffer.from(boundTo));
    decipher.setAuthTag(bytes(tag, TAG_BYTES));
    return Buffer.concat([decipher.update(bytes(text)), decipher.final()]);
  } catch (error) {
    if (error instanceof SealError) throw error;
    throw new SealError("A sealed value doesn't open: it was changed, or belongs elsewhere.");
  }
}

/** Node skips what is not base64url and ignores spare bits; one value has one spelling here. */
function bytes(part: string, length?: number): Buffer {
  const decoded = Buffer.from(part, "base64url");
  if (decoded.toString("base64url") !== part)
    throw new SealError("Not a sealed value: bad base64url.");
  if (length !== undefined && decoded.length !== length) {
    throw new SealError("Not a sealed value: a part of another length.");
  }
  return decoded;
}

/** Each is handed out once. Drawn by the hundred: asking the system for each costs as much as sealing. */
export function freshNonces(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
      used = 0;
    }
    used += NONCE_BYTES;
    return drawn.subarray(used - NONCE_BYTES, used);
  };
}
