import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { endComplaint } from "./close-complaint.ts";
import type { CodeState } from "./lifecycle.ts";
import { lockCode, requireMove, requireSoundOrder } from "./lock-code.ts";
import { refuseToTell } from "./mark-bad.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import type { UnmarkBadInput } from "./schema.ts";
import type { LockedCode } from "./store.ts";

/**
 * Takes back that a code is bad: it is again what it was before, and an open complaint about it is dropped.
 * Throws `forbidden`, `not_found`, `conflict` where the code isn't bad any more its order has come to nothing
 * meanwhile or the supplier has made good for it, and `invalid` where the reason has the code itself in it.
 */
export async function unmarkBad(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  { codeId, reason: why }: UnmarkBadInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "codes.mark");
  const reason = reasonText(why);
  await core.db.$transaction(async (tx) => {
    // An order that comes to nothing withholds its codes, but for the bad ones: these must not come back.
    await requireSoundOrder(tx, codeId);
    const code = await lockCode(tx, codeId);
    if (code.state !== "bad") throw new KeyholdError("conflict", `code ${codeId} is ${code.state}`);
    await requireStillOurs(tx, codeId);
    const state = stateBefore(code);
    requireMove(code, state);
    refuseToTell(core.sealer, code.blindIndex, reason);
    await tx.code.updateMany({
      where: { id: codeId },
      data: { state, stateChangedAt: core.now() },
    });
    const details = () => ({ to: state });
    await noteOnCodes(
      tx,
      core,
      actor,
      [code],
      { action: "code.unmarked", reason, details },
      request,
    );
    await endComplaint(tx, core, actor, code, { outcome: "dropped", note: null }, request);
  });
}

/** Refunded or replaced by the supplier it may be void by now. */
async function requireStillOurs(tx: Tx, codeId: string): Promise<void> {
  const settled = { codeId, outcome: { in: ["replaced", "refunded"] } };
  const complaint = await tx.codeComplaint.findFirst({ where: settled });
  if (complaint) throw new KeyholdError("conflict", `the supplier made good for code ${codeId}`);
}

/** Handed out it stays; otherwise it is its customer's, or anybody's. What is over is found to be so soon. */
function stateBefore({ handOutId, customerRef }: LockedCode): CodeState {
  if (handOutId !== null) return "handed_out";
  return customerRef === null ? "available" : "reserved";
}
