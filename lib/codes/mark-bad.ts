import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { addComplaint } from "./add-complaint.ts";
import { lockCode, requireMove } from "./lock-code.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { noteTellsCode } from "./note-tells-code.ts";
import type { MarkBadInput } from "./schema.ts";

/**
 * Says that a code doesn't work: it is given to nobody any more. With a complaint it is held against the
 * supplier at once. Throws `forbidden`, `not_found`, `conflict` where the code is bad already, replaced or
 * withheld, and `invalid` where the reason or the evidence has the code itself in it.
 * @returns the complaint's id
 */
export async function markBad(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  { codeId, reason: why, complaint }: MarkBadInput,
  request: RequestFacts,
): Promise<{ complaintId: string | null }> {
  requirePermission(actor, "codes.mark");
  const reason = reasonText(why);
  return core.db.$transaction(async (tx) => {
    const code = await lockCode(tx, codeId);
    requireMove(code, "bad");
    refuseToTell(core.sealer, code.blindIndex, reason);
    await tx.code.updateMany({
      where: { id: codeId },
      data: { state: "bad", stateChangedAt: core.now() },
    });
    const details = () => ({ from: code.state });
    const note = { action: "code.marked_bad", reason, details };
    await noteOnCodes(tx, core, actor, [code], note, request);
    const complaintId = complaint
      ? await addComplaint(tx, core, actor, code, complaint, request)
      : null;
    return { complaintId };
  });
}

/** Throws `invalid` where a text that is kept in the open has the code itself in it. */
export function refuseToTell(
  sealer: Pick<Sealer, "blindIndex">,
  blindIndex: string,
  text: string,
): void {
  if (!noteTellsCode(sealer, [blindIndex], text)) return;
  throw new KeyholdError("invalid", "the text has the code itself in it");
}
