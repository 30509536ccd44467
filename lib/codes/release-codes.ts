import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { noteTellsCode } from "./note-tells-code.ts";
import type { ReleaseInput } from "./schema.ts";
import { type LockedCode, lockCodes } from "./store.ts";

/**
 * Gives reserved codes back to the stock, all of them or none. Throws `forbidden`, `not_found`, `conflict`
 * where one of them isn't reserved any more, or `invalid` where the reason has a code in it.
 */
export async function releaseCodes(
  core: Core & { sealer: Sealer },
  actor: Actor,
  { codeIds, reason }: ReleaseInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "codes.mark");
  await core.db.$transaction(async (tx) => {
    const codes = await lockCodes(tx, codeIds);
    if (codes.length < codeIds.length) throw new KeyholdError("not_found", "a code to release");
    // A reason is kept in the open.
    const known = codes.map(({ blindIndex }) => blindIndex);
    if (reason && noteTellsCode(core.sealer, known, reason)) {
      throw new KeyholdError("invalid", "the reason has a code in it");
    }
    const other = codes.find(({ state }) => state !== "reserved");
    if (other) throw new KeyholdError("conflict", `code ${other.id} is ${other.state}`);
    await tx.code.updateMany({
      where: { id: { in: codeIds } },
      data: { state: "available", stateChangedAt: core.now(), customerRef: null },
    });
    const details = ({ customerRef }: LockedCode) => ({ customerRef });
    const note = { action: "code.released", reason, details };
    await noteOnCodes(tx, core, actor, codes, note, request);
  }, PATIENT);
}
