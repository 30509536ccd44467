import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";

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
  const rows = await core.db.product.findMany({
    where: {
      OR: [
        { externalId: { in: [...new Set(names)] } },
        { id: { in: [...new Set(names.filter(isUuid))] } },
      ],
      ...(supplier === undefined ? {} : { supplier: { slug: supplier } }),
    },
    select: { id: true, externalId: true, price: true, currency: true, goneAt: true },
  });
  const isMeant = (row: (typeof rows)[number], name: string) =>
    row.externalId === name || row.id === name.toLowerCase();
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
