import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notifyHandOut } from "./notify-hand-out.ts";

type Request = { address: string | null; correlationId: string | null };

export type RevokeResult =
  | { kind: "revoked" }
  /** Somebody opened it before, or it was revoked already. */
  | { kind: "too_late"; openedAt: string | null };

/**
 * Takes a claim link back, also one that is over by itself; from its commit on it opens nothing. Throws
 * `forbidden` or `not_found`.
 */
export async function revokeClaimLink(
  core: Core,
  actor: Actor,
  linkId: string,
  request: Request,
): Promise<RevokeResult> {
  requirePermission(actor, "codes.hand_out");
  const link = await core.db.claimLink.findUnique({ where: { id: linkId } });
  if (!link) throw new KeyholdError("not_found", `claim link ${linkId}`);
  const revoked = await core.db.$transaction(async (tx) => {
    const done = await revokeLinks(tx, core, actor, link.handOutId, [linkId], request);
    if (done > 0) await notifyHandOut(tx, link.handOutId);
    return done > 0;
  });
  if (revoked) return { kind: "revoked" };
  const then = await core.db.claimLink.findUniqueOrThrow({ where: { id: linkId } });
  return { kind: "too_late", openedAt: then.openedAt?.toISOString() ?? null };
}

/** Revokes those of a hand-out's links that were neither opened nor revoked: these, or all. Answers how many. */
export async function revokeLinks(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  handOutId: string,
  linkIds: string[] | "all",
  request: Request,
): Promise<number> {
  const revoked = await tx.claimLink.updateManyAndReturn({
    where: {
      handOutId,
      openedAt: null,
      revokedAt: null,
      ...(linkIds === "all" ? {} : { id: { in: linkIds } }),
    },
    data: { revokedAt: core.now() },
    select: { id: true },
  });
  for (const { id: linkId } of revoked) {
    await appendAuditEntry(tx, core, actor, {
      action: "claim_link.revoked",
      objectKind: "hand_out",
      objectId: handOutId,
      details: { linkId },
      ...request,
    });
  }
  return revoked.length;
}
