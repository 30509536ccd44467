import { drawText } from "../chance.ts";
import { type Product, products } from "./products.ts";
import { type Fate, pickRule } from "./rules.ts";
import type { World } from "./world.ts";

export type Line = { sku: string; quantity: number };
export type Order = {
  id: string;
  reference: string;
  status: "processing" | "fulfilled" | "failed" | "refunded";
  lines: Line[];
  isTest: boolean;
  cents: number;
  createdAt: number;
  fate: Fate;
};

export type NewOrder = { reference: string; items: Line[]; test: boolean; total?: string };

export type Created =
  | { kind: "created" | "same"; order: Order }
  | { kind: "refused"; status: number; code: string; message: string };

export type Orders = {
  create(given: NewOrder): Promise<Created>;
  find(id: string): Order | null;
  findAll(reference: string): Order[];
  all(): readonly Order[];
  /** The money comes back, and it is told. */
  refund(order: Order): Promise<void>;
  view(order: Order): object;
  close(): void;
};

export const decimal = (cents: number): string => (cents / 100).toFixed(2);

const productOf = (sku: string): Product | undefined => products.find((one) => one.sku === sku);
const UNAMBIGUOUS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export function createOrders(world: World): Orders {
  const orders: Order[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const after = (ms: number, run: () => Promise<void>): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run();
    }, ms);
    timers.add(timer);
  };
  const tell = (event: string, order: Order) =>
    world.messenger.tell(
      event,
      order.id,
      order.lines.map(({ sku }) => sku),
      view(order, world),
    );

  async function move(order: Order, status: Order["status"], event: string): Promise<void> {
    if (status !== "fulfilled" && !order.isTest) world.balanceCents += order.cents;
    order.status = status;
    await tell(event, order);
  }

  async function end(order: Order): Promise<void> {
    const { fate } = order;
    if (fate.stall) return;
    if (fate.fail) return move(order, "failed", "order.failed");
    await move(order, "fulfilled", "order.fulfilled");
    if (fate.refundAfterMs !== undefined) {
      after(fate.refundAfterMs, () => move(order, "refunded", "order.refunded"));
    }
  }

  async function pay(cents: number): Promise<void> {
    const wasEnough = world.balanceCents >= world.settings.lowBalanceCents;
    world.balanceCents -= cents;
    if (wasEnough && world.balanceCents < world.settings.lowBalanceCents) {
      await world.messenger.tell("balance.low", null, [], {
        balance: decimal(world.balanceCents),
        currency: "USD",
      });
    }
  }

  return {
    async create(given) {
      const known = orders.find(({ reference }) => reference === given.reference);
      if (known && world.settings.onRepeat === "same") return { kind: "same", order: known };
      if (known && world.settings.onRepeat === "conflict") {
        return refused(409, "duplicate_reference", "There is an order under this reference.");
      }
      const cents = given.items.reduce(
        (sum, { sku, quantity }) => sum + (productOf(sku)?.cents ?? Number.NaN) * quantity,
        0,
      );
      if (Number.isNaN(cents)) return refused(422, "unknown_sku", "There is no such product.");
      if (given.total !== undefined && given.total !== decimal(cents)) {
        return refused(409, "price_changed", `The order costs ${decimal(cents)}.`);
      }
      if (!given.test && cents > world.balanceCents) {
        return refused(402, "insufficient_balance", "The balance is too low.");
      }
      const skus = given.items.map(({ sku }) => sku);
      const facts = { endpoint: "create", skus } as const;
      const fate = {
        ...productOf(skus[0] ?? "")?.fate,
        ...pickRule(world.rules, "fate", facts, world.settings.seed),
      };
      const order: Order = {
        id: world.newId("ord"),
        reference: given.reference,
        status: "processing",
        lines: given.items,
        isTest: given.test,
        cents,
        createdAt: world.now(),
        fate,
      };
      orders.push(order);
      const told = Promise.all([given.test ? null : pay(cents), tell("order.created", order)]);
      if (fate.tellFirst) {
        await told;
        await end(order);
      } else {
        after(fate.completeAfterMs ?? world.settings.completeAfterMs, () => end(order));
      }
      return { kind: "created", order };
    },
    find: (id) => orders.find((order) => order.id === id) ?? null,
    findAll: (reference) => orders.filter((order) => order.reference === reference),
    all: () => orders,
    refund: (order) => move(order, "refunded", "order.refunded"),
    view: (order) => view(order, world),
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function refused(status: number, code: string, message: string): Created {
  return { kind: "refused", status, code, message };
}

/** As the supplier shows it. What was refunded shows its codes no more. */
function view(order: Order, { settings }: World): object {
  return {
    order_id: order.id,
    reference: order.reference,
    status: order.status,
    items: order.lines.map(({ sku, quantity }, item) => ({
      sku,
      quantity,
      codes: order.status === "fulfilled" ? codesOf(order, item, settings.seed) : [],
    })),
    total: decimal(order.cents),
    currency: "USD",
    test: order.isTest,
    created_at: new Date(order.createdAt).toISOString(),
    ...(order.status === "failed" && { reason: "The upstream had none left." }),
  };
}

function codesOf(order: Order, item: number, seed: number): object[] {
  const line = order.lines[item];
  const product = productOf(line?.sku ?? "");
  if (!line || !product || product.delivers === "nothing") return [];
  const count = Math.max(0, line.quantity - (order.fate.missingCodes ?? 0));
  return Array.from({ length: count }, (_, place) => {
    const text = (length: number, alphabet: string, part: string) =>
      drawText(length, alphabet, seed, order.id, item, place, part);
    const code = `${order.isTest ? "TEST-" : ""}${text(16, UNAMBIGUOUS, "code")}`;
    if (product.delivers === "code") return { code };
    const pin = text(4, "0123456789", "pin");
    if (product.delivers === "code-pin") return { code, pin };
    return { code, pin, serial: text(12, "0123456789", "serial") };
  });
}
