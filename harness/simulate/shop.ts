/** The supplier: the simulator's world in this process, in virtual time. It knows nothing of the engine. */
import { orderTruth } from "#simulator/lifecycle.ts";
import { itemCodes } from "#simulator/routes/order-view.ts";
import { type InProcess, openInProcess } from "#simulator/testing/in-process.ts";
import type { Plan } from "./plan.ts";
import { traitsOf } from "./traits.ts";

export const API_KEY = "simulated-key";

export type ShopRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
};

export type ShopReply = { status: number; headers: Record<string, string>; text: string };

/** A supplier order as it really is. */
export type ShopOrder = {
  id: string;
  /** Our clock. */
  createdAt: number;
  /** How often it was paid; more than once would be the supplier's own mistake. */
  paidTimes: number;
  status: string;
  /** When it came to that, by the supplier's clock. */
  since: Date;
  isMock: boolean;
  items: { productId: string; quantity: number }[];
};

export type Shop = {
  /** The supplier acts on it at once, and this is what it answers. */
  request(request: ShopRequest): ShopReply;
  /** Somebody else orders the same goods; answers the id, or null where it was refused. */
  orderForAnother(
    lines: { slug: string; quantity: number }[],
    isMock: boolean,
    isPaid: boolean,
  ): string | null;
  /** From now on a product costs more. */
  raisePrice(productId: string): void;
  /** All orders there, oldest first. */
  orders(): ShopOrder[];
  /** What an item of an order delivers, entry by entry. */
  codesOf(supplierOrderId: string, item: number): unknown[];
  /** The time that the supplier tells. */
  clock(): Date;
  product: InProcess["world"]["catalogue"]["product"];
};

/** @param now our clock, virtual milliseconds since 1970 */
export function openShop(plan: Plan, now: () => number): Shop {
  const { seed, account, paymentWindowMs } = plan;
  const bringsCodes = traitsOf(plan.traits).codes !== "none";
  const inProcess = openInProcess({
    now,
    seed,
    apiKey: API_KEY,
    timing: { paymentWindowMs },
    createCharges: account.chargesAtCreate,
    clockOffsetMs: account.clockOffsetMs,
    startBalances: { usd: account.balance },
  });
  const { world } = inProcess;
  return {
    request(request) {
      const { status, headers, body } = inProcess.request(request);
      const text = body.toString("utf8");
      return { status: status ?? 0, headers, text: bringsCodes ? text : withoutCodes(text) };
    },
    orderForAnother(lines, isMock, isPaid) {
      const items = lines.map(({ slug, quantity }) => ({ product: slug, quantity }));
      const { json } = inProcess.addForeign({ items, isMock, pay: isPaid });
      return (json as { id?: string } | undefined)?.id ?? null;
    },
    raisePrice(productId) {
      world.change({ priceChange: { by: "1.1" } }, [productId]);
    },
    orders() {
      inProcess.catchUp();
      return world.store.state.orders.map((order) => {
        const { status, since } = orderTruth(order, world.now());
        return {
          id: order.id,
          createdAt: order.createdAt,
          paidTimes: order.payments.length,
          status,
          since: world.told(since),
          isMock: order.isMock,
          items: order.items.map(({ productId, quantity }) => ({ productId, quantity })),
        };
      });
    },
    codesOf(supplierOrderId, item) {
      const order = bringsCodes ? world.orders.find(supplierOrderId) : null;
      return order ? itemCodes(order, item, world) : [];
    },
    clock: () => world.told(world.now()),
    product: (key) => world.catalogue.product(key),
  };
}

/** The same answer of a supplier whose orders bring nothing to hand out. */
const withoutCodes = (text: string): string =>
  JSON.stringify(
    JSON.parse(text, (name, value) => (name === "externalData" ? null : (value as unknown))),
  );
