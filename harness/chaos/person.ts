/** An operator who knows what else was ordered with the account, and says so. */
import type { Actor } from "#lib/access/actor.ts";
import { markForeign } from "#lib/reconcile/mark-foreign.ts";
import { draw } from "../simulate/chance.ts";
import type { ChaosDatabase } from "./database.ts";
import type { ForeignOrders } from "./foreign-orders.ts";
import type { ChaosKeyhold } from "./keyhold.ts";
import { pauseFor } from "./moments.ts";

const OPERATOR: Actor = {
  kind: "user",
  id: "00000000-0000-7000-8000-0000000000b1",
  name: "Ravi Menon",
  email: "ravi@keyhold.example",
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: "00000000-0000-7000-8000-0000000000b2",
  provedAt: null,
};

const LOOK_EVERY_MS = 2_000;
/** The others are left to wait, as they would be over night. */
const SHARE = 0.7;

export type Person = { marked(): number; ended: Promise<void> };

/** Marks other people's orders as foreign until `signal` aborts. */
export function startPerson(
  keyhold: ChaosKeyhold,
  database: ChaosDatabase,
  foreign: ForeignOrders,
  signal: AbortSignal,
): Person {
  let marked = 0;

  async function look(): Promise<void> {
    const known = foreign.ids().filter((id) => draw("notices", id) < SHARE);
    const rows = await database.rows<{ id: string }>(
      `select supplier_order_id as id from supplier_orders
       where supplier_order_id = any($1) and attribution is null`,
      [known],
    );
    for (const { id } of rows) {
      const input = { supplierId: keyhold.supplierId, supplierOrderId: id, reason: "Not ours." };
      try {
        await markForeign(keyhold, OPERATOR, input, { address: null, correlationId: null });
        marked += 1;
      } catch (error) {
        // Taken for ours meanwhile, or the database is away: looked at again.
        keyhold.log.warn({ err: error, supplierOrderId: id }, "not marked as foreign");
      }
    }
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await look();
      await pauseFor(LOOK_EVERY_MS, signal);
    }
  }

  return { marked: () => marked, ended: watch() };
}
