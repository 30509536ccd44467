/** Random observations of one order of two items, for property tests: late, doubled, backward, odd. */
import fc from "fast-check";
import type { Ways } from "#lib/placement/ways.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import type { Observation } from "./observation.ts";
import {
  codes,
  REFUSAL_CLASSES,
  refusal,
  SUPPLIER_STATES,
  supplierItem,
  supplierOrder,
  UNKNOWN,
} from "./observations.fixture.ts";

export const PRODUCTS = ["product_x", "product_y"] as const;
export const SEED = 20_261_121;

/** How an account may work, as far as placing goes by it. */
export const anyWays: fc.Arbitrary<Ways> = fc.record({
  payStep: fc.constantFrom("separate", "none"),
  duplicateGuard: fc.constantFrom("none", "reference"),
  findsByReference: fc.boolean(),
  readsOrders: fc.boolean(),
  listsOrders: fc.boolean(),
});

const values = fc.array(fc.constantFrom("A", "B", "C", "D"), { maxLength: 3 });

const item = fc.record({
  product: fc.constantFrom(...PRODUCTS, null, "offer-9"),
  values,
  error: fc.option(fc.constant("withdrawn"), { freq: 5 }),
});

const shown = (supplierOrderId: string) =>
  fc
    .record({
      state: fc.constantFrom(...SUPPLIER_STATES),
      items: fc.array(item, { maxLength: 3 }),
    })
    .map(
      ({ state, items }): SupplierOrder =>
        supplierOrder(state, {
          supplierOrderId,
          items: items.map(({ product, values, error }) =>
            supplierItem({
              productId: product,
              error,
              quantity: values.length,
              codes: codes(...values),
            }),
          ),
        }),
    );

/** An answer of any kind; orders are the commonest. */
export const anyAnswer = (supplierOrderId: string): fc.Arbitrary<Observation["answer"]> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: shown(supplierOrderId).map((order) => ({ kind: "order" as const, order })),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...REFUSAL_CLASSES)
        .map((one) => ({ kind: "refused" as const, refusal: refusal(one) })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "accepted" as const }) },
    { weight: 1, arbitrary: fc.constant(UNKNOWN) },
  );

const RANKS = [
  ["submitting", "unconfirmed"],
  ["awaiting_payment"],
  ["paid"],
  ["processing"],
  ["partial"],
  ["completed", "cancelled", "failed", "rejected"],
  ["refunded"],
];

/** How far along a status is. */
export const rankOf = (status: string): number => RANKS.findIndex((rank) => rank.includes(status));
