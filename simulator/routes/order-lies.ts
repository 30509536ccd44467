import { isDeepStrictEqual } from "node:util";
import type { Lie } from "../behaviours.ts";
import { draw } from "../chance.ts";
import type { Order, OrderStatus } from "../state.ts";
import type { World } from "../world.ts";
import { codesOf, type OrderView } from "./order-view.ts";

/** What an order was just before. */
const before: Record<OrderStatus, OrderStatus> = {
  active: "active",
  paid: "active",
  processing: "paid",
  completed: "processing",
  failed: "processing",
  cancelled: "active",
};

/** The view of an order as it is not. Codes that were told falsely are kept with the state. */
export function lieAbout(order: Order, view: OrderView, lie: Lie, world: World): OrderView {
  if (lie.statusBack) return withStatus(view, before[view.status]);
  if (view.status !== "completed") return view;
  return {
    ...view,
    items: view.items.map((item, index) => {
      const codes = item.externalData ?? [];
      const externalData = otherCodes(codes, order, index, lie, world);
      if (isDeepStrictEqual(externalData, codes)) return item;
      keep({ orderId: order.id, item: index, externalData }, world);
      return { ...item, externalData };
    }),
  };
}

function withStatus(view: OrderView, status: OrderStatus): OrderView {
  return {
    ...view,
    status,
    cancelReason: null,
    items: view.items.map((item) => ({ ...item, error: null, externalData: null })),
  };
}

/** Works on whole entries, so a product that delivers its codes as one object has but one. */
function otherCodes(
  codes: unknown[],
  order: Order,
  index: number,
  { changeCodes, growCodes = 0, shrinkCodes = 0, reorderCodes }: Lie,
  world: World,
): unknown[] {
  const place = changeCodes ? Math.floor(draw(order.seed, order.id, "change") * codes.length) : -1;
  const changed = codes.map((code, at) =>
    at === place ? foreignCodes(order, index, 1, "changed", world)[0] : code,
  );
  const shrunk = shrinkCodes > 0 ? changed.slice(0, -shrinkCodes) : changed;
  const grown = [...shrunk, ...foreignCodes(order, index, growCodes, "grown", world)];
  return reorderCodes ? grown.toReversed() : grown;
}

/** Codes of the right shape that no order delivers. */
function foreignCodes(order: Order, index: number, count: number, why: string, world: World) {
  return codesOf({ ...order, id: `${order.id} ${why}` }, index, count, world);
}

function keep(lie: World["store"]["state"]["lies"][number], world: World): void {
  const { lies } = world.store.state;
  if (lies.some((known) => isDeepStrictEqual(known, lie))) return;
  lies.push(lie);
  world.store.touch();
}
