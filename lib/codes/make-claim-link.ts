import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { hashPassword } from "#lib/access/password.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import {
  CLAIM_DAYS,
  CLAIM_LONGEST_DAYS,
  CLAIM_PIN,
  CLAIM_SHORTEST_MINUTES,
} from "./claim-limits.ts";
import { hashClaimSecret, newClaimSecret } from "./claim-secret.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type ClaimLinkOptions = {
  /** 4 to 8 digits that the customer is told by another way. */
  pin?: string | null | undefined;
  /** From now; 7 days unless said otherwise, at least 5 minutes, at most 90 days. */
  expiresInMs?: number | null | undefined;
};

/** The secret is told this once: only its hash is kept. The link's address is `/claim/{id}#{secret}`. */
export type NewClaimLink = { id: string; secret: string; expiresAt: Date };

/** A link's PIN, hashed, and its life, checked. */
export type ReadyLink = { pinHash: string | null; livesMs: number };

/**
 * To be made before any lock is taken, since hashing a PIN takes long on purpose. Throws `invalid` for a PIN
 * or a time that no link can have.
 */
export async function readyLink({ pin, expiresInMs }: ClaimLinkOptions): Promise<ReadyLink> {
  const livesMs = expiresInMs ?? CLAIM_DAYS * DAY_MS;
  if (typeof pin === "string" && !CLAIM_PIN.test(pin)) {
    throw new KeyholdError("invalid", "no PIN: 4–8 digits");
  }
  // Written so that NaN is out of range too.
  const fits =
    livesMs >= CLAIM_SHORTEST_MINUTES * MINUTE_MS && livesMs <= CLAIM_LONGEST_DAYS * DAY_MS;
  if (!fits) throw new KeyholdError("invalid", "a claim link lives 5 minutes to 90 days");
  return { pinHash: typeof pin === "string" ? await hashPassword(pin) : null, livesMs };
}

/** Makes a link that opens a hand-out once, within the caller's transaction. Throws `forbidden`. */
export async function makeClaimLink(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  actor: Actor,
  handOutId: string,
  { pinHash, livesMs }: ReadyLink,
  request: { address: string | null; correlationId: string | null },
): Promise<NewClaimLink> {
  requirePermission(actor, "codes.hand_out");
  const id = core.newId();
  const secret = newClaimSecret();
  const createdAt = core.now();
  const expiresAt = new Date(createdAt.getTime() + Math.round(livesMs));
  const hashes = { secretHash: hashClaimSecret(secret), pinHash };
  await tx.claimLink.create({
    data: { id, handOutId, ...hashes, createdAt, actorName: actor.name, expiresAt },
  });
  await appendAuditEntry(tx, core, actor, {
    action: "claim_link.made",
    objectKind: "hand_out",
    objectId: handOutId,
    details: { linkId: id, expiresAt: expiresAt.toISOString(), pin: pinHash !== null },
    ...request,
  });
  return { id, secret, expiresAt };
}
