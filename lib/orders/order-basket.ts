import { type Basket, fingerprintOf, plainNote } from "#lib/placement/basket.ts";
import type { Tx } from "#lib/platform/db.ts";

type Reader = Pick<Tx, "order">;

/** What an order asks for, as it is compared with supplier orders. */
export async function basketOfOrder(db: Reader, orderId: string): Promise<Basket> {
  const { items, currency, isMock } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: {
      currency: true,
      isMock: true,
      items: { select: { externalId: true, quantity: true, note: true } },
    },
  });
  const lines = items.map(({ externalId, quantity, note }) => ({
    productId: externalId,
    quantity,
    note: plainNote(note),
  }));
  return { lines, currency, isMock };
}

/** Written down at once for an order that is older than fingerprints. */
export async function fingerprintOfOrder(db: Reader, orderId: string): Promise<string> {
  const { fingerprint } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { fingerprint: true },
  });
  if (fingerprint !== null) return fingerprint;
  const made = fingerprintOf(await basketOfOrder(db, orderId));
  await db.order.update({ where: { id: orderId }, data: { fingerprint: made } });
  return made;
}
