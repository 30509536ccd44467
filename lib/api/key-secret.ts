import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const PREFIX_LETTERS = 8;
const SECRET_BYTES = 32;
const FORM = /^(kh_[a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;

export type NewSecret = { key: string; prefix: string; hash: Buffer };

/** `kh_` and eight characters, which people see, then 256 random bits. The key itself is kept nowhere. */
export function newKeySecret(): NewSecret {
  const letters = Array.from({ length: PREFIX_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]);
  const prefix = `kh_${letters.join("")}`;
  const key = `${prefix}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  return { key, prefix, hash: hashKey(key) };
}

/** What a key begins with; null for what can't be one. */
export const prefixOf = (key: string): string | null => FORM.exec(key)?.[1] ?? null;

/** Without salt or work: there is nothing to guess in 256 random bits. */
export const hashKey = (key: string): Buffer => createHash("sha256").update(key, "utf8").digest();

/** Takes as long whether it is the key or not. */
export function isKey(key: string, hash: Uint8Array | null): boolean {
  const given = hashKey(key);
  const expected = hash?.length === given.length ? hash : Buffer.alloc(given.length);
  return timingSafeEqual(given, expected) && hash !== null;
}
