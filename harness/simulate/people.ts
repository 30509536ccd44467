/** People who decide what Keyhold leaves to them: often one, sometimes two who don't agree. */
import type { Actor } from "#lib/access/actor.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { adoptSupplierOrder } from "#lib/reconcile/adopt-supplier-order.ts";
import { declareNotCreated } from "#lib/reconcile/declare-not-created.ts";
import { giveUpOrder } from "#lib/reconcile/give-up-order.ts";
import { markForeign } from "#lib/reconcile/mark-foreign.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";
import { readSupplierOrders } from "#lib/reconcile/read-supplier-orders.ts";
import { draw, drawBetween, drawOne } from "./chance.ts";
import type { Web } from "./customers.ts";
import { nature } from "./scheduler.ts";
import { contextFor, type Simulation } from "./simulation.ts";
import type { StandingOrder } from "./standing.ts";
import { traitsOf } from "./traits.ts";

const REASON = "Looked into it at the supplier's.";
const REQUEST = { address: null, correlationId: null };
const LONGEST_MS = 120_000;

const personAt = (desk: number): Actor => ({
  kind: "user",
  id: `00000000-0000-7000-8000-0000000000b${desk}`,
  name: `Desk ${desk}`,
  email: `desk${desk}@keyhold.example`,
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: `00000000-0000-7000-8000-0000000000c${desk}`,
  provedAt: null,
});

/** Whether something waits for somebody who could act. */
export const hasWork = (sim: Simulation): boolean =>
  sim.plan.people > 0 && (waiting(sim).length > 0 || sim.standing.nobodys > 0);

const waiting = ({ standing }: Simulation): StandingOrder[] =>
  [...standing.orders.values()].filter(
    ({ status, isWithPerson }) =>
      isWithPerson && (status === "unconfirmed" || status === "submitting"),
  );

export function seatPeople(sim: Simulation, web: () => Web): void {
  for (let desk = 0; desk < sim.plan.people; desk += 1) sim.spawn(() => work(sim, web, desk));
}

async function work(sim: Simulation, web: () => Web, desk: number): Promise<void> {
  const { seed } = sim.plan;
  for (let turn = 0; ; turn += 1) {
    const since = sim.scheduler.now() + drawBetween(1_000, LONGEST_MS, seed, "desk", desk, turn);
    await sim.scheduler.parkUntil(nature(), "desk", () =>
      hasWork(sim) ? since : Number.POSITIVE_INFINITY,
    );
    const { process, ctx } = web();
    const own = contextFor(sim, ctx, null);
    const orders = waiting(sim);
    const sitting =
      orders.length > 0
        ? decide(
            sim,
            own,
            desk,
            drawOne(orders, seed, "which", desk, turn),
            draw(seed, "choice", desk, turn),
          )
        : tidy(sim, own, desk);
    // A server that dies never answers; the person begins anew.
    await Promise.race([
      sitting.catch((error) =>
        sim.trace.note(process.name, `desk ${desk}: ${(error as Error).message}`),
      ),
      sim.scheduler.park(nature(), "patience", LONGEST_MS),
    ]);
  }
}

/** Who knows which supplier orders are others' does the right thing with them; the rest is taste. */
async function decide(
  sim: Simulation,
  ctx: OrdersContext,
  desk: number,
  order: StandingOrder,
  choice: number,
): Promise<void> {
  const actor = personAt(desk);
  if (isKnownThere(sim, order.id)) return;
  const page = await readOrderPage(ctx, actor, order.id);
  const candidates = page?.evidence?.candidates ?? page?.waitsFor?.supplierOrders ?? [];
  const picture = page?.evidence?.picture ?? page?.waitsFor?.picture;
  if (!picture) return;
  const others = candidates.find(({ supplierOrderId }) => sim.truth.foreign.has(supplierOrderId));
  const [ours] = candidates.filter(
    ({ supplierOrderId }) => !sim.truth.foreign.has(supplierOrderId),
  );
  const input = { orderId: order.id, reason: REASON, picture };
  const say = (what: string, result: { kind: string }) =>
    sim.trace.note(
      "people",
      `desk ${desk}, order ${sim.indexOf.get(order.id) ?? "?"}: ${what}: ${result.kind}`,
    );
  if (choice < 0.2) {
    say("give up", await giveUpOrder(ctx, actor, input, REQUEST));
  } else if (ours) {
    const { supplierOrderId } = ours;
    say(
      `adopt ${supplierOrderId.slice(0, 8)}`,
      await adoptSupplierOrder(ctx, actor, { ...input, supplierOrderId }, REQUEST),
    );
  } else if (others) {
    await disown(sim, ctx, actor, others.supplierOrderId);
  } else {
    say("not created", await declareNotCreated(ctx, actor, input, REQUEST));
  }
}

/** Where nothing is listed, a person looks at the supplier's own pages, and leaves alone what stands there. */
function isKnownThere(sim: Simulation, orderId: string): boolean {
  if (traitsOf(sim.plan.traits).listsOrders !== false) return false;
  return [...sim.truth.makers.values()].some((sent) => sent.orderId === orderId);
}

/** The page of the supplier orders that are nobody's. */
async function tidy(sim: Simulation, ctx: OrdersContext, desk: number): Promise<void> {
  const actor = personAt(desk);
  const { rows } = await readSupplierOrders(ctx, actor, {});
  for (const { supplierOrderId, adopters } of rows) {
    const [adopter] = adopters;
    if (sim.truth.foreign.has(supplierOrderId)) await disown(sim, ctx, actor, supplierOrderId);
    else if (adopter) {
      const input = { orderId: adopter.orderId, supplierOrderId, reason: REASON, picture: null };
      const result = await adoptSupplierOrder(ctx, actor, input, REQUEST);
      sim.trace.note(
        "people",
        `desk ${desk}: adopt ${supplierOrderId.slice(0, 8)}: ${result.kind}`,
      );
    }
  }
}

async function disown(
  sim: Simulation,
  ctx: OrdersContext,
  actor: Actor,
  supplierOrderId: string,
): Promise<void> {
  const input = { supplierId: sim.account.id, supplierOrderId, reason: REASON };
  const result = await markForeign(ctx, actor, input, REQUEST);
  sim.trace.note(
    "people",
    `${actor.name}: ${supplierOrderId.slice(0, 8)} is foreign: ${result.kind}`,
  );
}
