import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { countReveals, watchVolume } from "./count-reveals.ts";
import { claimable } from "./find-claim-link.ts";
import {
  type ClaimLinkOptions,
  makeClaimLink,
  type NewClaimLink,
  readyLink,
} from "./make-claim-link.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { notifyHandOut } from "./notify-hand-out.ts";
import { revokeLinks } from "./revoke-claim-link.ts";

export type RenewResult =
  | { kind: "made"; link: NewClaimLink }
  /** The person may not have so many within the hour; nothing was changed. */
  | { kind: "capped"; limit: number; left: number };

/**
 * Makes another link for a hand-out, for a customer who lost the first, came too late or locked it; links
 * that could still be opened are revoked with it. Each code that it shows counts as handed out by a link once
 * more: whoever makes it could open it. Throws `forbidden`, `proof_needed`, `invalid`, `not_found`, or
 * `conflict` where none of the hand-out's codes is good any more.
 */
export async function renewClaimLink(
  core: Core,
  actor: Actor,
  handOutId: string,
  options: ClaimLinkOptions,
  request: { address: string | null; correlationId: string | null },
): Promise<RenewResult> {
  requirePermission(actor, "codes.hand_out");
  requireRecentProof(core, actor);
  const ready = await readyLink(options);
  return core.db.$transaction(async (tx) => {
    const person = actor.kind === "user" ? actor : null;
    const taken = person && (await countReveals(tx, core, person, "linked"));
    // Two at once would else leave two links that open.
    const found =
      await tx.$executeRaw`select 1 from hand_outs where id = ${handOutId}::uuid for update`;
    if (found === 0) throw new KeyholdError("not_found", `hand-out ${handOutId}`);
    const good = await tx.code.findMany({
      where: claimable(handOutId),
      select: { id: true, orderId: true, customerRef: true },
      orderBy: { id: "asc" },
    });
    if (good.length === 0) throw new KeyholdError("conflict", "none of its codes is good");
    if (taken && taken.count + good.length > taken.most) {
      return { kind: "capped", limit: taken.most, left: Math.max(0, taken.most - taken.count) };
    }
    await revokeLinks(tx, core, actor, handOutId, "all", request);
    const details = ({ customerRef }: (typeof good)[number]) => ({
      handOutId,
      way: "link",
      customerRef,
      renewed: true,
    });
    await noteOnCodes(tx, core, actor, good, { action: "code.handed_out", details }, request);
    if (taken) await watchVolume(tx, core, taken, good.length);
    const link = await makeClaimLink(tx, core, actor, handOutId, ready, request);
    await notifyHandOut(tx, handOutId);
    return { kind: "made", link };
  });
}
