import { createHmac } from "node:crypto";
import { decrypt, encrypt, freshNonces, SealError } from "./gcm.ts";
import type { Keyring } from "./keyring.ts";

export type Sealer = {
  /**
   * AES-256-GCM with the data key in use; `boundTo` names the row, so that a ciphertext moved to another
   * row doesn't open.
   */
  seal(plaintext: string, boundTo: string): string;
  /**
   * Rejects with a `SealError` when the text was tampered with, belongs to another row, or its key is not
   * to be had. May ask the database for a data key that it hasn't seen.
   */
  open(sealed: string, boundTo: string): Promise<string>;
  /** Keyed hash: equal values have equal indexes, and nobody without the key can guess a value. */
  blindIndex(value: string): string;
  /**
   * To be awaited before a transaction that seals: makes sure that the data key in use was looked up within
   * the last half minute. Costs nothing where it was.
   */
  ready(): Promise<void>;
};

/**
 * Sealed text is `v2|dataKeyId|nonce|ciphertext|tag`, the last three in base64url. What is older than data
 * keys, `v1|outsideKeyId|…`, opens too.
 * @param nonce 12 fresh random bytes; handed in only by tests with known answers.
 */
export function createSealer(keyring: Keyring, nonce: () => Buffer = freshNonces()): Sealer {
  return {
    seal(plaintext, boundTo) {
      const { id, key } = keyring.current();
      return `v2|${id}|${encrypt(key, nonce(), `v2|${id}|${boundTo}`, plaintext)}`;
    },
    async open(sealed, boundTo) {
      const [, version, id, rest] = /^(v[12])\|([^|]+)\|(.*)$/su.exec(sealed) ?? [];
      if (!version || !id || rest === undefined) {
        throw new SealError("Not a sealed value of a known version.");
      }
      const key = version === "v2" ? await keyring.dataKey(id) : await keyring.bareKey(id);
      return decrypt(key, `${version}|${id}|${boundTo}`, rest).toString("utf8");
    },
    blindIndex(value) {
      return createHmac("sha256", keyring.indexKey).update(value, "utf8").digest("base64url");
    },
    ready: keyring.ready,
  };
}
