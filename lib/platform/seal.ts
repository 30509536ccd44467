import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { SealingKey } from "./sealing-keys.ts";

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const VERSION = "v1";

export type Sealer = {
  /** AES-256-GCM; `boundTo` names the row, so that a ciphertext moved to another row doesn't open. */
  seal(plaintext: string, boundTo: string): string;
  /** Throws when the text was tampered with, belongs to another row, or its key is not configured. */
  open(sealed: string, boundTo: string): string;
  /** Keyed hash: equal values have equal indexes, and nobody without the key can guess a value. */
  blindIndex(value: string): string;
};

/**
 * Sealed text is `v1|keyId|nonce|ciphertext|tag`, the last three in base64url.
 * @param nonce 12 fresh random bytes; handed in only by tests with known answers.
 */
export function createSealer(keys: SealingKey[], nonce: () => Buffer = freshNonces()): Sealer {
  const first = keys[0];
  const oldest = keys.at(-1);
  if (!first || !oldest) throw new Error("At least one sealing key is needed.");
  const sealing = new Map(keys.map(({ id, key }) => [id, derive(key, "keyhold seal v1")]));
  // Rotation puts new keys in front, so the last one is what older indexes were made with.
  const indexKey = derive(oldest.key, "keyhold blind index v1");

  return {
    seal(plaintext, boundTo) {
      const iv = nonce();
      const cipher = createCipheriv("aes-256-gcm", keyOf(sealing, first.id), iv, {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(Buffer.from(`${VERSION}|${first.id}|${boundTo}`));
      const text = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      const parts = [iv, text, cipher.getAuthTag()].map((part) => part.toString("base64url"));
      return [VERSION, first.id, ...parts].join("|");
    },
    open(sealed, boundTo) {
      const [version, keyId, iv, text, tag, ...rest] = sealed.split("|");
      if (version !== VERSION || !keyId || !iv || text === undefined || !tag || rest.length > 0) {
        throw new Error("Not a sealed value of a known version.");
      }
      // Node accepts shorter tags unless told otherwise.
      const options = { authTagLength: TAG_BYTES };
      const decipher = createDecipheriv("aes-256-gcm", keyOf(sealing, keyId), bytes(iv), options);
      decipher.setAAD(Buffer.from(`${VERSION}|${keyId}|${boundTo}`));
      decipher.setAuthTag(bytes(tag));
      return Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString("utf8");
    },
    blindIndex(value) {
      return createHmac("sha256", indexKey).update(value, "utf8").digest("base64url");
    },
  };
}

/** Each is handed out once. Drawn by the hundred: asking the system for each costs as much as sealing. */
function freshNonces(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = randomBytes(NONCE_BYTES * 128);
      used = 0;
    }
    used += NONCE_BYTES;
    return drawn.subarray(used - NONCE_BYTES, used);
  };
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", purpose, 32));
}

/** Node skips what is not base64url and ignores spare bits; one value has one spelling here. */
function bytes(part: string): Buffer {
  const decoded = Buffer.from(part, "base64url");
  if (decoded.toString("base64url") !== part) throw new Error("Not a sealed value: bad base64url.");
  return decoded;
}

function keyOf(keys: Map<string, Buffer>, id: string): Buffer {
  const key = keys.get(id);
  if (!key) throw new Error(`The sealing key ${id} is not configured in KEYHOLD_SEALING_KEYS.`);
  return key;
}
