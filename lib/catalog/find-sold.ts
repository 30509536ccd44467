import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { inBatches } from "#lib/platform/in-batches.ts";

export type Named = { id: string; price: string; currency: string };

/**
 * What each name may mean: the supplier's id of a product, or ours. Gone products are found too, so that
 * whoever orders one is told that it is gone. Throws `forbidden`.
 */
export async function findSold(
  core: Pick<Core, "db">,
  actor: Actor,
  names: readonly string[],
  supplier?: string,
): Promise<Map<string, Named[]>> {
  requirePermission(actor, "catalog.read");
  const rows = await readNamed(core, names);
  const isMeant = (row: (typeof rows)[number], name: string) =>
    (row.externalId === name || row.id === name.toLowerCase()) &&
    (supplier === undefined || row.supplier.slug === supplier);
  return new Map(
    names.map((name) => {
      const meant = rows.filter((row) => isMeant(row, name));
      const sold = meant.filter(({ goneAt }) => goneAt === null);
      const best = sold.length > 0 ? sold : meant;
      return [
        name,
        best.map(({ id, price, currency }) => ({ id, price: price.toFixed(), currency })),
      ];
    }),
  );
}

/** Whatever has one of the names; for several lists at once, what has a name of any. */
const readNamed = inBatches(
  async ({ db }: Pick<Core, "db">, lists: readonly (readonly string[])[]) => {
    const names = [...new Set(lists.flat())];
    const rows = await db.product.findMany({
      where: { OR: [{ externalId: { in: names } }, { id: { in: names.filter(isUuid) } }] },
      select: {
        ...{ id: true, externalId: true, price: true, currency: true, goneAt: true },
        supplier: { select: { slug: true } },
      },
    });
    return lists.map(() => rows);
  },
);
