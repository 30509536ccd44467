import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { SealedCore } from "../context.ts";
import { countFactorTry, factorKey } from "../count-tries.ts";
import { requireRecentProof } from "../proof.ts";
import type { Person } from "../session.ts";
import { keepRecoveryCodes } from "./keep-recovery-codes.ts";
import { SEALED_TOTP } from "./sealed-totp.ts";
import { newTotpSecret, stepOfCode, type TotpOffer, totpOffer } from "./totp.ts";

/**
 * Makes a secret for an authenticator app. It counts from the first code of it on; until then a newer offer
 * replaces it. Throws `proof_needed`, or `conflict` where the person has a second factor already.
 */
export async function offerSecondFactor(core: SealedCore, person: Person): Promise<TotpOffer> {
  requireRecentProof(core, person);
  const secret = newTotpSecret();
  await core.sealer.ready();
  const { count } = await core.db.user.updateMany({
    where: { id: person.id, totpConfirmedAt: null },
    data: { totpSealed: core.sealer.seal(secret, SEALED_TOTP.boundTo(person.id)) },
  });
  if (count === 0) throw new KeyholdError("conflict", "there is a second factor already");
  return totpOffer(secret, person.email);
}

export type ConfirmResult =
  /** It counts from now on. The codes are shown this once. */
  | { kind: "set_up"; recoveryCodes: string[] }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * The first code of the offered secret makes it count. Every other session of the person ends; his own is
 * complete with it. Tries count as at the second step. Throws `proof_needed`, or `conflict` where nothing was offered.
 */
export async function confirmSecondFactor(
  core: SealedCore,
  person: Person,
  code: string,
  request: RequestFacts,
): Promise<ConfirmResult> {
  requireRecentProof(core, person);
  const { retryAfterSeconds } = await countFactorTry(core, person.id);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };
  const user = await core.db.user.findUnique({ where: { id: person.id } });
  if (!user?.totpSealed || user.totpConfirmedAt) {
    throw new KeyholdError("conflict", "no second factor is on offer");
  }
  const secret = await core.sealer.open(user.totpSealed, SEALED_TOTP.boundTo(user.id));
  const now = core.now();
  const step = stepOfCode(secret, code, now);
  if (step === null) return { kind: "refused" };

  return core.db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      // Of the version that the session was of: what ended it meanwhile isn't undone by this.
      where: {
        ...{ id: user.id, totpConfirmedAt: null, totpSealed: user.totpSealed, disabledAt: null },
        sessions: {
          some: { id: person.sessionId, version: user.sessionVersion, revokedAt: null },
        },
        sessionVersion: user.sessionVersion,
      },
      data: { totpConfirmedAt: now, totpLastStep: step, lastSignedInAt: now },
    });
    if (count === 0) throw new KeyholdError("conflict", "the offer or the session has ended");
    const { sessionVersion } = await tx.user.findUniqueOrThrow({ where: { id: user.id } });
    await tx.session.updateMany({
      where: { id: person.sessionId, version: user.sessionVersion, revokedAt: null },
      data: { version: sessionVersion, completeAt: now, lastUsedAt: now },
    });
    await tx.signInBucket.deleteMany({ where: { key: factorKey(user.id) } });
    const recoveryCodes = await keepRecoveryCodes(tx, core, user.id);
    await appendAuditEntry(tx, core, person, {
      action: "user.second-factor-set-up",
      objectKind: "user",
      objectId: user.id,
      details: { session: person.sessionId },
      ...request,
    });
    return { kind: "set_up", recoveryCodes };
  });
}
