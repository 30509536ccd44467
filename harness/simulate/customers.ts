/** People at the console and shops: they place orders, twice if they are in doubt, and see that they are sent. */

import type { Actor } from "#lib/access/actor.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { PlaceResult } from "#lib/orders/new-order.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import { totalOf } from "#lib/platform/money.ts";
import { draw, drawBetween } from "./chance.ts";
import type { OrderPlan } from "./plan.ts";
import type { Process } from "./scheduler.ts";
import { nature } from "./scheduler.ts";
import { contextFor, contextOf, guarded, type Simulation } from "./simulation.ts";

const ACTOR = {
  kind: "user",
  id: "00000000-0000-7000-8000-0000000000a1",
  name: "Asha Rao",
  email: "asha@keyhold.example",
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: "00000000-0000-7000-8000-0000000000a2",
  provedAt: null,
} as const satisfies Actor;
/** Whose orders are stored together with others that come meanwhile. */
const SHOP = {
  kind: "key",
  id: "00000000-0000-7000-8000-0000000000b1",
  name: "A shop",
  scopes: ["orders:write"],
} as const satisfies Actor;
const MOST_TRIES = 6;

/** A shop has nobody who could insist on anything. */
function actorFor(seed: number, { index }: OrderPlan, insists: boolean): Actor {
  if (insists) return { ...ACTOR, role: "admin" };
  return draw(seed, "shop", index) < 0.5 ? SHOP : ACTOR;
}

/** A web server as a logical process. The one that runs now answers every post. */
export type Web = { process: Process; ctx: OrdersContext };

export function startWeb(sim: Simulation, name: string): Web {
  const process: Process = { name, alive: true, stoppedUntil: 0 };
  return { process, ctx: contextOf(sim, process) };
}

const clientRefOf = (seed: number, { index }: OrderPlan): string => `form-${seed}-${index}`;
export const indexFromRef = (clientRef: string): number => Number(clientRef.split("-").at(-1));

/** Posts every planned order in its time; `web` answers which server runs. */
export function sendCustomers(sim: Simulation, web: () => Web): void {
  for (const order of sim.plan.orders) {
    for (let post = 0; post < order.posts; post += 1) {
      sim.postsLeft += 1;
      sim.spawn(async () => {
        const late =
          post === 0 || draw(sim.plan.seed, "double", order.index, post) < 0.5
            ? 0
            : drawBetween(0, 20_000, sim.plan.seed, "again", order.index, post);
        await sim.scheduler.park(nature(), "post", order.atMs + late);
        await fillIn(sim, web, order);
      });
    }
  }
}

/** One tab: posts until it has an answer. A server that dies never answers; the person reloads. */
export async function fillIn(sim: Simulation, web: () => Web, order: OrderPlan): Promise<void> {
  const seen: string[] = [];
  let insists: string | null = null;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const { process, ctx } = web();
    const answer: PlaceResult | null = await Promise.race([
      post(sim, ctx, order, seen, insists),
      patience(sim),
    ]);
    if (answer === null) continue;
    sim.trace.note(process.name, `order ${order.index}: ${answer.kind}`);
    if (answer.kind === "similar") {
      seen.push(...answer.orders.map(({ id }) => id));
      continue;
    }
    if (answer.kind === "short") {
      // What a supplier does with too little money is worth knowing.
      insists = answer.shortfall.missing;
      continue;
    }
    if (answer.kind === "placed" || answer.kind === "repeated") {
      const own = contextFor(sim, ctx, answer.orderId);
      const { orderId } = answer;
      sim.spawn(() => guarded(sim, process, "work", () => sim.controls.workOnOrder(own, orderId)));
    }
    if (answer.kind === "invalid") {
      sim.violations.push(`harness: order ${order.index} is invalid: ${JSON.stringify(answer)}`);
    }
    break;
  }
  sim.postsLeft -= 1;
}

async function post(
  sim: Simulation,
  ctx: OrdersContext,
  order: OrderPlan,
  seen: string[],
  insists: string | null,
): Promise<PlaceResult | null> {
  const products = order.lines.map(({ slug }) => sim.products.get(slug));
  const total = totalOf(
    order.lines.map(({ quantity }, line) => ({
      unitPrice: products[line]?.price ?? "0",
      quantity,
    })),
  );
  try {
    return await placeOrder(
      ctx,
      actorFor(sim.plan.seed, order, insists !== null),
      {
        clientRef: clientRefOf(sim.plan.seed, order),
        lines: order.lines.map(({ quantity }, line) => ({
          productId: products[line]?.id,
          quantity,
          note: {},
        })),
        customerRef: order.customerRef,
        isMock: order.isMock,
        agreedTotal: total,
        similarSeen: seen,
        ...(insists !== null && {
          overBalance: { reason: "A top-up is on its way", missing: insists },
        }),
      },
      { ...OWN_REQUEST, correlationId: `click-${order.index}` },
    );
  } catch (error) {
    sim.trace.note("customer", `order ${order.index}: ${(error as Error).message}`);
    return null;
  }
}

/** After this long without an answer, a person posts again. */
async function patience(sim: Simulation): Promise<null> {
  await sim.scheduler.park(nature(), "patience", 60_000);
  return null;
}
