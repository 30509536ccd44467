import { createHash, randomBytes } from "node:crypto";
import { sameSecret } from "#lib/platform/constant-time.ts";

const BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits. It stands behind the link's `#`, which browsers send to nobody. */
export const newClaimSecret = (): string => randomBytes(BYTES).toString("base64url");

/** What is kept of a secret. Unsalted and fast: nobody guesses 256 random bits. */
export const hashClaimSecret = (secret: string): string =>
  createHash("sha256").update(Buffer.from(secret, "base64url")).digest("base64url");

/** Whether the text could be a secret at all, and is the one that is kept as this hash. */
export const isClaimSecret = (given: string, secretHash: string): boolean =>
  SECRET.test(given) && sameSecret(hashClaimSecret(given), secretHash);
