import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { kindNamed } from "./kinds.ts";
import type { SupplierKind } from "./supplier-kind.ts";

/** An account's row with its secrets; throws `not_found`, or `conflict` where nobody knows its kind any more. */
export async function findAccount(db: Tx, id: string) {
  const row = isUuid(id)
    ? await db.supplier.findUnique({ where: { id }, include: { secrets: true } })
    : null;
  if (!row) throw new KeyholdError("not_found", `supplier ${id}`);
  return { row, kind: kindOf(row) };
}

/** The same, held against others who change it; new orders of it needn't wait. */
export async function lockAccount(tx: Tx, id: string) {
  if (isUuid(id)) {
    await tx.$queryRaw`select id from suppliers where id = ${id}::uuid for no key update`;
  }
  return findAccount(tx, id);
}

function kindOf({ kind, slug }: { kind: string; slug: string }): SupplierKind {
  const known = kindNamed(kind);
  if (!known) throw new KeyholdError("conflict", `supplier ${slug} is of an unknown kind`);
  return known;
}
