import type { Tx } from "#lib/platform/db.ts";
import type { SimilarOrder } from "./new-order.ts";
import { SIMILAR_WITHIN_MS } from "./poll-schedule.ts";

const MOST_SHOWN = 20;

/**
 * Orders that ask for the same goods, were placed within the last minutes and have had an effect, for
 * the same customer as far as both say: two people, or two tabs, on one wish. Newest first.
 * @param wanted.placedBy only those of this actor; of everybody where it is null
 */
export async function findSimilar(
  db: Pick<Tx, "order">,
  wanted: {
    supplierId: string;
    fingerprint: string;
    customerRef: string | null;
    placedBy: string | null;
  },
  now: Date,
): Promise<SimilarOrder[]> {
  const { supplierId, fingerprint, customerRef, placedBy } = wanted;
  const orders = await db.order.findMany({
    where: {
      supplierId,
      fingerprint,
      createdAt: { gt: new Date(now.getTime() - SIMILAR_WITHIN_MS) },
      status: { notIn: ["rejected", "cancelled", "failed", "refunded"] },
      ...(placedBy === null ? {} : { actorId: placedBy }),
      ...(customerRef ? { OR: [{ customerRef: null }, { customerRef }] } : {}),
    },
    orderBy: { id: "desc" },
    take: MOST_SHOWN,
    select: { id: true, status: true, createdAt: true, customerRef: true, actorName: true },
  });
  return orders.map(({ actorName, createdAt, ...order }) => ({
    ...order,
    placedBy: actorName,
    createdAt: createdAt.toISOString(),
  }));
}
