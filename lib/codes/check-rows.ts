import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { findKnown } from "./find-known.ts";
import { type ImportRow, problemOfRow } from "./import-policy.ts";
import type { RefusedRow } from "./take-rows.ts";

/**
 * What `takeRows` would refuse of these rows; stores nothing. As it answers whether a code is known, it
 * is noted like a search, before it is answered.
 * @param importId of the import that is being prepared
 */
export async function checkRows(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  importId: string,
  rows: ImportRow[],
  request: { address: string | null; correlationId: string | null },
): Promise<RefusedRow[]> {
  requirePermission(actor, "codes.import");
  const now = core.now();
  const indexed = rows.map((row) => ({ row, index: core.sealer.blindIndex(row.code.trim()) }));
  return core.db.$transaction(async (tx) => {
    const known = await findKnown(
      tx,
      importId,
      indexed.map(({ index }) => index),
    );
    await appendAuditEntry(tx, core, actor, {
      action: "import.checked",
      objectKind: "import",
      objectId: importId,
      details: { rows: rows.length, known: known.size },
      ...request,
    });
    const seen = new Set<string>();
    return indexed.flatMap(({ row, index }) => {
      const own = problemOfRow(row, now);
      const problem = own ?? (seen.has(index) ? ("repeated" as const) : (known.get(index) ?? null));
      if (!own) seen.add(index);
      return problem ? [{ row: row.row, problem }] : [];
    });
  });
}
