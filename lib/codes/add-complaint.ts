import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { windowEndsAt } from "./complaint-policy.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { noteTellsCode } from "./note-tells-code.ts";
import type { LockedCode } from "./store.ts";
import type { ComplaintKind } from "./types.ts";

/**
 * Opens a complaint about a locked, bad code. Throws `conflict` where one is open already or no supplier
 * delivered the code, `invalid` where the evidence has the code itself in it.
 */
export async function addComplaint(
  tx: Tx,
  core: Pick<Core, "now" | "newId"> & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  code: LockedCode,
  { kind, evidence }: { kind: ComplaintKind; evidence: string },
  request: RequestFacts,
): Promise<string> {
  if (code.orderId === null || code.isMock) {
    throw new KeyholdError("conflict", `no supplier sold us code ${code.id}`);
  }
  if (noteTellsCode(core.sealer, [code.blindIndex], evidence)) {
    throw new KeyholdError("invalid", "the evidence has the code itself in it");
  }
  const open = await tx.codeComplaint.findFirst({ where: { codeId: code.id, closedAt: null } });
  if (open) throw new KeyholdError("conflict", `code ${code.id} is complained of already`);
  const id = core.newId();
  const ends = windowEndsAt(kind, code.storedAt);
  await tx.codeComplaint.create({
    data: {
      id,
      codeId: code.id,
      kind,
      evidence,
      openedAt: core.now(),
      openedBy: actor.name,
      windowEndsAt: ends,
    },
  });
  const details = () => ({ complaintId: id, kind, windowEndsAt: ends.toISOString() });
  await noteOnCodes(tx, core, actor, [code], { action: "complaint.opened", details }, request);
  return id;
}
