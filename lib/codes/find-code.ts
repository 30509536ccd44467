import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { FoundCode } from "./types.ts";

/** The same value in more places than this is told by the newest of them. */
const MOST_FOUND = 20;
const LONGEST_VALUE = 10_000;

/**
 * Which codes have exactly this value, also where a later answer showed it; nothing is opened for it. Found
 * or not, the search is noted before it is answered: asking is a way of learning what codes there are. Throws
 * `forbidden`, or `invalid` for an empty or endless text.
 */
export async function findCode(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  value: string,
  request: { address: string | null; correlationId: string | null },
): Promise<FoundCode[]> {
  requirePermission(actor, "codes.find");
  const typed = value.trim();
  if (typed === "" || value.length > LONGEST_VALUE) {
    throw new KeyholdError("invalid", "no value to look for");
  }
  // As it stands, and without what copying puts around it.
  const indexes = [...new Set([value, typed])].map((text) => core.sealer.blindIndex(text));
  return core.db.$transaction(async (tx) => {
    const blindIndex = { in: indexes };
    const conflicts = await tx.codeConflict.findMany({
      where: { blindIndex },
      take: MOST_FOUND,
      select: { codeId: true },
    });
    const rows = await tx.code.findMany({
      where: { OR: [{ blindIndex }, { id: { in: conflicts.map(({ codeId }) => codeId) } }] },
      orderBy: { id: "desc" },
      take: MOST_FOUND,
      select: {
        id: true,
        mask: true,
        state: true,
        orderId: true,
        customerRef: true,
        isMock: true,
        stockProduct: { select: { name: true, region: true } },
      },
    });
    const noted = { action: "code.searched", objectKind: "code", ...request } as const;
    const details = { found: rows.length };
    for (const { id } of rows) {
      await appendAuditEntry(tx, core, actor, { ...noted, objectId: id, details });
    }
    if (rows.length === 0) {
      await appendAuditEntry(tx, core, actor, { ...noted, objectId: "none", details });
    }
    return rows.map(({ stockProduct, ...row }) => ({
      ...row,
      productName: stockProduct.name,
      region: stockProduct.region,
    }));
  });
}
