/** Somebody else who orders with the account. */
import { drawBetween } from "../simulate/chance.ts";
import { wishOf } from "./goods.ts";
import type { ChaosPlan } from "./plan.ts";
import type { ChaosSupplier } from "./supplier.ts";

export type ForeignOrders = {
  /** All that were placed. */
  ids(): readonly string[];
  /** Answers its id, or null where the supplier refused it. */
  place(chance: () => number): Promise<string | null>;
};

/** @param wishes how many wishes there were so far */
export function foreignOrders(
  { seed }: ChaosPlan,
  supplier: ChaosSupplier,
  wishes: () => number,
): ForeignOrders {
  let placed = 0;
  const ids: string[] = [];
  return {
    ids: () => ids,
    async place(chance) {
      placed += 1;
      // Mostly other goods than ours; now and then just what somebody here wished for lately.
      const sameGoods = chance() < 0.25 && wishes() > 0;
      const number = sameGoods
        ? Math.max(0, wishes() - 1 - drawBetween(0, 5, seed, "foreign", placed))
        : 1_000_000 + placed;
      const { lines, isMock } = wishOf(seed, number);
      const id = await supplier.orderForAnother({
        items: lines.map(({ slug, quantity, note }) => ({
          product: slug,
          quantity,
          ...(Object.keys(note).length > 0 ? { note } : {}),
        })),
        isMock,
        pay: chance() < 0.7,
      });
      if (id !== null) ids.push(id.toLowerCase());
      return id;
    },
  };
}
