import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { type PlainCode, sealCode } from "./code-seal.ts";
import { maskOf } from "./mask.ts";

export type IncomingCode = PlainCode & { itemId: string; position: number };

export type StoredCodes = {
  /** Newly stored. */
  stored: number;
  /** Places where this answer shows another code than the stored one, which stays. */
  changed: { itemId: string; position: number }[];
};

/**
 * Seals and inserts codes within the caller's transaction, which holds the order's row lock. Insert
 * only: a code that is already stored at its place is never touched, whatever the answer says now.
 */
export async function storeCodes(
  tx: Tx,
  core: Pick<Core, "now" | "newId"> & { sealer: Sealer },
  orderId: string,
  codes: IncomingCode[],
  withheld: boolean,
): Promise<StoredCodes> {
  if (codes.length === 0) return { stored: 0, changed: [] };
  const existing = await tx.code.findMany({
    where: { itemId: { in: [...new Set(codes.map((code) => code.itemId))] } },
    select: { itemId: true, position: true, blindIndex: true },
  });
  const indexAt = new Map(existing.map((row) => [`${row.itemId}/${row.position}`, row.blindIndex]));
  const indexed = codes.map((code) => ({
    ...code,
    blindIndex: core.sealer.blindIndex(code.value),
  }));
  const fresh = indexed.filter((code) => !indexAt.has(`${code.itemId}/${code.position}`));
  const storedAt = core.now();
  await tx.code.createMany({
    data: fresh.map(({ itemId, position, value, raw, blindIndex }) => {
      const id = core.newId();
      const sealed = sealCode(
        core.sealer,
        { codeId: id, orderId, itemId, position },
        { value, raw },
      );
      return { id, itemId, position, sealed, blindIndex, mask: maskOf(value), withheld, storedAt };
    }),
  });
  const changed = indexed
    .filter(
      (code) =>
        (indexAt.get(`${code.itemId}/${code.position}`) ?? code.blindIndex) !== code.blindIndex,
    )
    .map(({ itemId, position }) => ({ itemId, position }));
  return { stored: fresh.length, changed };
}
