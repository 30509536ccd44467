import { createHash, randomBytes } from "node:crypto";

export const RECOVERY_CODES = 10;
/** Without letters and figures that are taken for one another. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 16;

/** Fresh ones, `xxxx-xxxx-xxxx-xxxx`: 80 bits each, so that a plain hash keeps them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(LENGTH)]
      .map((byte) => ALPHABET[byte % ALPHABET.length])
      .join("")
      .replace(/.{4}(?=.)/g, "$&-"),
  );
}

/** However it was typed. Bound to its person, so that equal codes have no equal rows. */
export function recoveryHash(userId: string, code: string): Uint8Array<ArrayBuffer> {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return new Uint8Array(createHash("sha256").update(`${userId}:${plain}`).digest());
}
