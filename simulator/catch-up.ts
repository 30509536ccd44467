import type { Reply } from "./http/reply.ts";
import type { Call } from "./http/router.ts";
import { createOrder } from "./routes/create-order.ts";
import { payOrder } from "./routes/pay-order.ts";
import type { Landing } from "./state.ts";
import type { World } from "./world.ts";

/**
 * Brings the world to its present moment: calls that land late take their effect, each at its own
 * time, and orders that have come to an end are settled. No timer does this, so whoever asks or
 * judges calls it first.
 */
export function catchUp(world: World): void {
  const now = world.now();
  for (const landing of takeDue(world, now)) {
    world.asOf(landing.at, () => {
      world.settle();
      land(landing, world);
    });
  }
  world.settle();
}

/** Keeps a call for later; its caller hears nothing. */
export function landLater(
  endpoint: Landing["endpoint"],
  { params, body, currency, fate }: Call,
  ms: number,
  world: World,
): void {
  const at = world.now() + ms;
  world.store.state.landings.push({ at, endpoint, params, body, currency, fate });
  world.store.touch();
}

function takeDue(world: World, now: number): Landing[] {
  const { state } = world.store;
  const due = state.landings.filter(({ at }) => at <= now);
  if (due.length === 0) return due;
  state.landings = state.landings.filter(({ at }) => at > now);
  world.store.touch();
  return due.sort((one, other) => one.at - other.at);
}

/** What it would have answered is of no interest: a refusal then simply had no effect. */
function land({ endpoint, params, body, currency, fate }: Landing, world: World): Reply {
  const said = { params, query: new URLSearchParams(), body, currency, fate };
  const call: Call = { ...said, manner: null, lie: null, origin: "late" };
  return endpoint === "create" ? createOrder(call, world) : payOrder(call, world);
}
