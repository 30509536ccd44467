import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { readExpiry } from "./expiry-policy.ts";
import { type CodeState, hasCorrectableExpiry } from "./lifecycle.ts";
import { lockCode, requireMove, requireSoundOrder } from "./lock-code.ts";
import { refuseToTell } from "./mark-bad.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import type { CorrectExpiryInput } from "./schema.ts";
import type { LockedCode } from "./store.ts";

/**
 * Says when a code expires, where that was read wrongly or not at all. One that had expired and turns out not
 * to be over goes back to where it was: to its customer, or into stock. One that is over by now leaves the
 * stock with the next chore, and is given to nobody before. Throws `forbidden`, `not_found`, `conflict` where a
 * customer has the code, or it came to nothing, and `invalid` for a date that no code has, or a reason with the
 * code in it.
 */
export async function correctExpiry(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  { codeId, expiresOn, reason: why }: CorrectExpiryInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "codes.mark");
  const reason = reasonText(why);
  const expiresAt = readExpiry(expiresOn);
  if (expiresOn !== null && expiresAt === null) {
    throw new KeyholdError("invalid", `no date of a code: ${expiresOn}`);
  }
  await core.db.$transaction(async (tx) => {
    await requireSoundOrder(tx, codeId);
    const code = await lockCode(tx, codeId);
    if (!hasCorrectableExpiry(code.state)) {
      throw new KeyholdError("conflict", `code ${codeId} is ${code.state}`);
    }
    refuseToTell(core.sealer, code.blindIndex, reason);
    const now = core.now();
    const to = stateAfter(code, expiresAt, now);
    if (to !== code.state) requireMove(code, to);
    await tx.$executeRaw`select set_config('keyhold.correcting_expiry', 'on', true)`;
    await tx.code.update({
      where: { id: codeId },
      data: { expiresAt, ...(to !== code.state && { state: to, stateChangedAt: now }) },
    });
    await tx.$executeRaw`select set_config('keyhold.correcting_expiry', '', true)`;
    const details = () => ({
      expiredAt: code.expiresAt?.toISOString() ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
      ...(to !== code.state && { from: code.state, to }),
    });
    const note = { action: "code.expiry_corrected", reason, details };
    await noteOnCodes(tx, core, actor, [code], note, request);
  });
}

function stateAfter(code: LockedCode, expiresAt: Date | null, now: Date): CodeState {
  if (code.state !== "expired" || (expiresAt !== null && expiresAt <= now)) return code.state;
  return code.customerRef === null ? "available" : "reserved";
}
