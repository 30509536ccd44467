import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { claimable } from "./find-claim-link.ts";
import {
  type ClaimLinkOptions,
  makeClaimLink,
  type NewClaimLink,
  readyLink,
} from "./make-claim-link.ts";
import { notifyHandOut } from "./notify-hand-out.ts";
import { revokeLinks } from "./revoke-claim-link.ts";

/**
 * Makes another link for a hand-out, for a customer who lost the first, came too late or locked it; links
 * that could still be opened are revoked with it. Throws `forbidden`, `proof_needed`, `invalid`, `not_found`,
 * or `conflict` where none of the hand-out's codes is good any more.
 */
export async function renewClaimLink(
  core: Core,
  actor: Actor,
  handOutId: string,
  options: ClaimLinkOptions,
  request: { address: string | null; correlationId: string | null },
): Promise<NewClaimLink> {
  requirePermission(actor, "codes.hand_out");
  requireRecentProof(core, actor);
  const ready = await readyLink(options);
  return core.db.$transaction(async (tx) => {
    // Two at once would else leave two links that open.
    const found =
      await tx.$executeRaw`select 1 from hand_outs where id = ${handOutId}::uuid for update`;
    if (found === 0) throw new KeyholdError("not_found", `hand-out ${handOutId}`);
    const good = await tx.code.count({ where: claimable(handOutId) });
    if (good === 0) throw new KeyholdError("conflict", "none of its codes is good");
    await revokeLinks(tx, core, actor, handOutId, "all", request);
    const link = await makeClaimLink(tx, core, actor, handOutId, ready, request);
    await notifyHandOut(tx, handOutId);
    return link;
  });
}
