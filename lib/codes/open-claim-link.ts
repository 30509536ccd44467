import { CUSTOMER } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { checkClaimPin } from "./check-claim-pin.ts";
import type { ClaimedCode, ClaimOpening } from "./claim-types.ts";
import { partsOf } from "./code-parts.ts";
import { openCode, placeOf } from "./code-seal.ts";
import { type ClaimAsked, claimable, findClaimLink, whyOver } from "./find-claim-link.ts";
import { notifyHandOut } from "./notify-hand-out.ts";

/**
 * Opens a hand-out's codes for whoever has the link's secret, and its PIN where it asks for one. Of any
 * number who ask at once exactly one is shown them, and the audit entry is committed before they leave this
 * function. A code that was marked bad meanwhile isn't shown, nor one whose order has failed. Throws `conflict` where one was marked bad at
 * this very moment, and whatever opening a damaged row throws; neither uses the link up.
 */
export async function openClaimLink(
  core: Core & { sealer: Sealer },
  asked: ClaimAsked & { pin: unknown },
  request: { address: string | null; correlationId: string | null },
): Promise<ClaimOpening> {
  const found = await findClaimLink(core, asked, request.address);
  if (found.kind !== "found") return found;
  const { link, forgiveTry } = found;
  const over = whyOver(link, core.now());
  const refused =
    over ?? (link.pinHash === null ? null : await checkClaimPin(core, link, asked.pin, request));
  if (refused?.kind === "wrong_pin" || refused?.kind === "locked") return refused;
  await forgiveTry();
  if (refused) return refused;

  const codes = await readCodes(core, link.handOutId);
  if (codes.size === 0) return { kind: "revoked" };
  const now = core.now();
  const isFirst = await core.db.$transaction(async (tx) => {
    const { count } = await tx.claimLink.updateMany({
      where: { id: link.id, openedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { openedAt: now },
    });
    if (count === 0) return false;
    const shown = await tx.$queryRaw<{ id: string }[]>`
      with held as materialized (
        select c.id from codes c
        where c.hand_out_id = ${link.handOutId}::uuid and c.state = 'handed_out'
          and not exists (select 1 from orders o where o.id = c.order_id and o.status in ('cancelled', 'failed', 'refunded'))
        order by c.id for no key update)
      update codes c set revealed_at = coalesce(c.revealed_at, ${now})
      from held where c.id = held.id returning c.id::text`;
    if (shown.length !== codes.size || shown.some(({ id }) => !codes.has(id))) {
      throw new KeyholdError("conflict", `the codes of hand-out ${link.handOutId} just changed`);
    }
    await appendAuditEntry(tx, core, CUSTOMER, {
      action: "claim_link.opened",
      objectKind: "hand_out",
      objectId: link.handOutId,
      details: { linkId: link.id, codes: codes.size },
      ...request,
    });
    await notifyHandOut(tx, link.handOutId);
    return true;
  });
  if (isFirst) return { kind: "shown", codes: [...codes.values()] };
  const then = await core.db.claimLink.findUniqueOrThrow({ where: { id: link.id } });
  return whyOver(then, core.now()) ?? { kind: "revoked" };
}

async function readCodes(
  core: Core & { sealer: Sealer },
  handOutId: string,
): Promise<Map<string, ClaimedCode>> {
  const rows = await core.db.code.findMany({
    where: claimable(handOutId),
    orderBy: { id: "asc" },
    include: {
      item: { select: { userGuide: true } },
      stockProduct: { select: { name: true, region: true } },
    },
  });
  const opened = rows.map(async (row): Promise<[string, ClaimedCode]> => {
    const { value, raw } = await openCode(core.sealer, placeOf(row), row.sealed);
    const { name: productName, region } = row.stockProduct;
    const guide = row.item?.userGuide ?? null;
    return [row.id, { productName, region, guide, value, parts: partsOf(value, raw) }];
  });
  return new Map(await Promise.all(opened));
}
