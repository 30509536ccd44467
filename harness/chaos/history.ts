/** What an onlooker sees while it happens: it must not be taken back later. */
import type { ChaosDatabase } from "./database.ts";
import { pauseFor } from "./moments.ts";
import type { ChaosSupplier, LoggedRequest } from "./supplier.ts";

export type SeenOrder = { status: string; supplierOrderId: string | null };
export type SeenCode = { sealed: string; blindIndex: string };

export type History = {
  /** Each order's statuses, one after the other, and the supplier orders it was ever shown with. */
  orders: ReadonlyMap<string, SeenOrder[]>;
  /** The first that was seen of each code. */
  codes: ReadonlyMap<string, SeenCode>;
  /** Everything that was asked of the supplier, as far as the supplier remembered it at the next look. */
  requests: readonly LoggedRequest[];
  looks: () => number;
  ended: Promise<void>;
};

const LOOK_EVERY_MS = 1_000;

/** Looks every second, until some moments after `signal` aborts; what it has seen grows meanwhile. */
export function watchHistory(
  database: ChaosDatabase,
  supplier: ChaosSupplier,
  signal: AbortSignal,
): History {
  const orders = new Map<string, SeenOrder[]>();
  const codes = new Map<string, SeenCode>();
  const requests: LoggedRequest[] = [];
  let counted = 0;
  let looks = 0;

  async function look(): Promise<void> {
    const rows = await database.rows<{ id: string } & SeenOrder>(
      `select id, status::text, supplier_order_id as "supplierOrderId" from orders`,
    );
    for (const { id, status, supplierOrderId } of rows) {
      const seen = orders.get(id) ?? [];
      const last = seen.at(-1);
      if (last?.status === status && last.supplierOrderId === supplierOrderId) continue;
      orders.set(id, [...seen, { status, supplierOrderId }]);
    }
    const stored = await database.rows<{ id: string } & SeenCode>(
      `select id, sealed, blind_index as "blindIndex" from codes`,
    );
    for (const { id, sealed, blindIndex } of stored) {
      if (!codes.has(id)) codes.set(id, { sealed, blindIndex });
    }
    const { total, items } = await supplier.requests();
    requests.push(...items.slice(Math.max(0, items.length - (total - counted))));
    counted = total;
    looks += 1;
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await look();
      await pauseFor(LOOK_EVERY_MS, signal);
    }
  }

  return { orders, codes, requests, looks: () => looks, ended: watch() };
}
