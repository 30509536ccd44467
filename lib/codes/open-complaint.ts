import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { addComplaint } from "./add-complaint.ts";
import { lockCode } from "./lock-code.ts";
import type { OpenComplaintInput } from "./schema.ts";

/**
 * Holds a bad code against the supplier; one complaint is open at a time. Later than the supplier hears it,
 * it can be noted all the same. Throws `forbidden`, `not_found`, `conflict` where the code isn't bad, is of our
 * own, or is complained of already, and `invalid` where the evidence has the code itself in it.
 * @returns the complaint's id
 */
export async function openComplaint(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  { codeId, ...complaint }: OpenComplaintInput,
  request: RequestFacts,
): Promise<string> {
  requirePermission(actor, "codes.mark");
  return core.db.$transaction(async (tx) => {
    const code = await lockCode(tx, codeId);
    if (code.state !== "bad" && code.state !== "replaced") {
      throw new KeyholdError("conflict", `code ${codeId} is ${code.state}`);
    }
    return addComplaint(tx, core, actor, code, complaint, request);
  });
}
