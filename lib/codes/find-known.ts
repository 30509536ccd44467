import type { Tx } from "#lib/platform/db.ts";
import type { RowProblem } from "./import-policy.ts";

/**
 * Which of these values are known already, by blind index: as a code, or as what a code's place showed
 * later. Nothing is opened for it.
 */
export async function findKnown(
  tx: Tx,
  importId: string,
  indexes: string[],
): Promise<Map<string, Extract<RowProblem, "known" | "repeated">>> {
  const rows = await tx.$queryRaw<{ blindIndex: string; isOwn: boolean }[]>`
    select blind_index as "blindIndex", bool_or(import_id is not distinct from ${importId}::uuid) as "isOwn"
    from (select blind_index, import_id from codes where blind_index = any(${indexes}::text[])
          union all
          select blind_index, null from code_conflicts where blind_index = any(${indexes}::text[])) found
    group by blind_index`;
  return new Map(rows.map(({ blindIndex, isOwn }) => [blindIndex, isOwn ? "repeated" : "known"]));
}
