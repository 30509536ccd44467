import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { lockCode } from "./lock-code.ts";
import { refuseToTell } from "./mark-bad.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import type { CloseComplaintInput } from "./schema.ts";
import type { LockedCode } from "./store.ts";
import type { ComplaintOutcome } from "./types.ts";

/**
 * Says what became of a complaint. Throws `forbidden`, `not_found`, `conflict` where it is closed already, and
 * `invalid` where the note has the code itself in it.
 */
export async function closeComplaint(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  { complaintId, outcome, note }: CloseComplaintInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "codes.mark");
  await core.db.$transaction(async (tx) => {
    const complaint = await tx.codeComplaint.findUnique({ where: { id: complaintId } });
    if (!complaint) throw new KeyholdError("not_found", `complaint ${complaintId}`);
    const code = await lockCode(tx, complaint.codeId);
    if (note) refuseToTell(core.sealer, code.blindIndex, note);
    const closed = await endComplaint(
      tx,
      core,
      actor,
      code,
      { outcome, note: note || null },
      request,
    );
    if (closed !== complaintId) throw new KeyholdError("conflict", "it is closed already");
  });
}

/**
 * Closes the open complaint about a locked code, where there is one.
 * @returns its id
 */
export async function endComplaint(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  code: LockedCode,
  { outcome, note }: { outcome: ComplaintOutcome; note: string | null },
  request: RequestFacts,
): Promise<string | null> {
  const open = await tx.codeComplaint.findFirst({ where: { codeId: code.id, closedAt: null } });
  if (!open) return null;
  await tx.codeComplaint.update({
    where: { id: open.id },
    data: { closedAt: core.now(), closedBy: actor.name, outcome, outcomeNote: note },
  });
  const details = () => ({ complaintId: open.id, outcome });
  await noteOnCodes(tx, core, actor, [code], { action: "complaint.closed", details }, request);
  return open.id;
}
