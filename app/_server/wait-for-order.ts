import type { Actor } from "#lib/access/actor.ts";
import { type PlacedOrder, readPlaced } from "#lib/orders/read-placed.ts";
import { createBell } from "#lib/platform/bell.ts";
import type { Core } from "#lib/platform/core.ts";
import { subscribe } from "./live-hub.ts";

/** Requests of this process that wait at once: each keeps a connection of the web server open. */
const MOST_WAITING = 500;
/** Of one key, so that one shop leaves room for the others. */
const MOST_WAITING_PER_KEY = 100;

const waiting = new Map<string, number>();
const everybody = () => [...waiting.values()].reduce((sum, count) => sum + count, 0);

export type Waited = { kind: "order"; order: PlacedOrder | null } | { kind: "too_many" };

/**
 * The order, as soon as it is final or the time is over. It is read when the database says that something
 * happened to it, not every so often; whoever has gone, or is told to stop, ends the wait.
 */
export async function waitForOrder(
  core: Pick<Core, "db">,
  actor: Extract<Actor, { kind: "key" }>,
  orderId: string,
  { seconds, signal }: { seconds: number; signal: AbortSignal },
): Promise<Waited> {
  const first = await readPlaced(core, actor, orderId);
  if (!first || first.isFinal || seconds === 0) return { kind: "order", order: first };
  const mine = waiting.get(actor.id) ?? 0;
  if (mine >= MOST_WAITING_PER_KEY || everybody() >= MOST_WAITING) return { kind: "too_many" };
  waiting.set(actor.id, mine + 1);
  try {
    return { kind: "order", order: await untilFinal(core, actor, orderId, seconds, signal) };
  } finally {
    const left = (waiting.get(actor.id) ?? 1) - 1;
    if (left > 0) waiting.set(actor.id, left);
    else waiting.delete(actor.id);
  }
}

async function untilFinal(
  core: Pick<Core, "db">,
  actor: Actor,
  orderId: string,
  seconds: number,
  signal: AbortSignal,
): Promise<PlacedOrder | null> {
  const bell = createBell();
  let isOver = false;
  const end = () => {
    isOver = true;
    bell.ring();
  };
  const timer = setTimeout(end, seconds * 1_000);
  signal.addEventListener("abort", end, { once: true });
  // "engine" is told when listening begins anew: news may have been missed.
  const unsubscribe = await subscribe({
    tell: (topic) => {
      if (topic === `order:${orderId}` || topic === "engine") bell.ring();
    },
    end,
  });
  try {
    for (;;) {
      // Read after the ear is open: what happened before is seen here, what happens after rings.
      const order = await readPlaced(core, actor, orderId);
      if (!order || order.isFinal || isOver || signal.aborted) return order;
      await bell.heard();
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    unsubscribe();
  }
}
