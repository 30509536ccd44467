/** The supplier that tells by itself: late, twice, out of order, and at times of what is none of ours. */
import { v5 } from "uuid";
import { POSTPONED_MS } from "#lib/inbound/inbox-policy.ts";
import type { NewsTaken } from "#lib/orders/take-news.ts";
import { takeNews } from "#lib/orders/take-news.ts";
import { mapOrder } from "#lib/suppliers/foxreload/map-order.ts";
import { drawBetween } from "./chance.ts";
import type { Web } from "./customers.ts";
import { sayOnSocket } from "./listening.ts";
import { nature } from "./scheduler.ts";
import { API_KEY } from "./shop.ts";
import { contextFor, guarded, type Simulation } from "./simulation.ts";
import { noteShown, tellTales } from "./tales.ts";
import { traitsOf } from "./traits.ts";

/** How soon a change is noticed there. */
const TICK_MS = 1_000;
/** As the inbox tries again: the create's answer may be on its way. */
const AGAIN_MS = [5_000, 30_000, 120_000];
/** A server that died never answers; its message is told again. */
const PATIENCE_MS = 20_000;
/** As late as that, as a share of Q: together with a late landing it is still within the bound. */
const LATEST = 0.3;
const STRANGERS = "6f0d5a3e-4c0e-4d59-9f36-5f3f0f5d2b12";

/** Where an order stands there, and since when by the supplier's clock. */
type Standing = { status: string; since: Date };

type Message = {
  id: string;
  reference: string;
  event: string;
  at: Date;
  text: string;
  occasion: string;
};

export function sendNews(sim: Simulation, web: () => Web): void {
  const { push = "none", socket = false } = traitsOf(sim.plan.traits);
  if (push === "none" && !socket) return;
  const told = new Map<string, Standing>();
  sim.spawn(async () => {
    for (;;) {
      await sim.scheduler.park(nature(), "news", TICK_MS);
      for (const { id, status, since } of sim.shop.orders()) {
        const maker = sim.truth.makers.get(id);
        if (!maker || told.get(id)?.status === status) continue;
        const before = told.get(id) ?? null;
        told.set(id, { status, since });
        if (socket) sayOnSocket(sim, id, `${sim.indexOf.get(maker.orderId) ?? "?"}/${status}`);
        const text = push === "none" ? null : pictureOf(sim, id);
        if (text) post(sim, web, { id, reference: maker.orderId, text, before, status, since });
      }
    }
  });
}

/** The order as the supplier shows it at this moment. */
function pictureOf(sim: Simulation, id: string): string | null {
  const headers = { "x-api-key": API_KEY, "x-currency": "usd" };
  const path = `/api/orders/${id}`;
  const reply = sim.shop.request({ method: "GET", path, headers, body: null });
  return reply.status === 200 ? reply.text : null;
}

type Change = Standing & {
  id: string;
  reference: string;
  text: string;
  before: Standing | null;
};

/** One change becomes a message, or more. */
function post(sim: Simulation, web: () => Web, change: Change) {
  const { id, reference, text, before, status, since } = change;
  const { seed, account } = sim.plan;
  const order = sim.indexOf.get(reference) ?? "?";
  const occasion = `push/${order}/${status}`;
  const { faults } = sim;
  const send = (message: Omit<Message, "occasion">, what: string, afterMs: number) => {
    sim.newsLeft += 1;
    sim.spawn(() => deliver(sim, web, { ...message, occasion: `${occasion}/${what}` }, afterMs));
  };
  const within = (what: string, mostMs: number) => drawBetween(50, mostMs, seed, what, occasion);
  const lateMs = Math.floor(account.settlingMs * LATEST);
  const late = faults.fires("push_late", occasion) ? within("late", lateMs) : within("soon", 2_000);
  const message = { id, reference, event: `order.${status}`, at: since, text };
  send(message, "first", late);
  if (faults.fires("push_doubled", occasion)) send(message, "again", within("again", lateMs));
  if (before !== null && faults.fires("push_stale", occasion)) {
    const stale = text.replace(`"status":"${status}"`, `"status":"${before.status}"`);
    const older = { event: `order.${before.status}`, at: before.since, text: stale };
    send({ ...message, ...older }, "stale", within("stale", lateMs));
  }
  if (faults.fires("push_foreign", occasion)) {
    const stranger = v5(occasion, STRANGERS);
    const theirs = text.replaceAll(id, stranger);
    const other = { ...message, id: stranger, reference: stranger, text: theirs };
    send(other, "stranger", within("other", lateMs));
  }
}

/** When it is worked on again, as `judgeMessage` has it; null where that is over. */
function againAfter(taken: NewsTaken | null, tries: number): number | null {
  switch (taken?.kind) {
    case undefined:
      return AGAIN_MS[0] ?? null;
    case "unmatched":
    case "not_read":
      return AGAIN_MS[tries] ?? null;
    case "held":
      return POSTPONED_MS;
    case "recorded":
    case "nudged":
    case "foreign":
    case "anothers":
      return null;
  }
}

/** Until some server has taken it, and for a while longer where nobody knows the order. */
async function deliver(
  sim: Simulation,
  web: () => Web,
  message: Message,
  afterMs: number,
): Promise<void> {
  const { id, reference, event, at, occasion } = message;
  const reply = { status: 200, headers: {}, text: message.text };
  await sim.scheduler.park(nature(), `news ${occasion}`, afterMs);
  // What it says is the same each time that it is told.
  const said = tellTales(sim, { endpoint: "push", orderId: reference, occasion }, reply);
  const json = JSON.parse(said.text);
  const told = mapOrder(json, API_KEY);
  const order = traitsOf(sim.plan.traits).push === "full" ? told : null;
  let tries = 0;
  for (;;) {
    const { process, ctx } = web();
    const own = contextFor(sim, ctx, null);
    if (order) noteShown(sim, "push", json);
    const news = { event, at, reference, supplierOrderId: id, order };
    const taken: NewsTaken | null = await Promise.race([
      guarded(sim, process, "news", () => takeNews(own, sim.account.id, news)),
      sim.scheduler.park(nature(), "patience", PATIENCE_MS).then(() => null),
    ]);
    sim.trace.note(process.name, `news ${occasion}: ${taken?.kind ?? "not taken"}`);
    const againMs = againAfter(taken, tries);
    if (againMs === null) break;
    if (taken && taken.kind !== "held") tries += 1;
    await sim.scheduler.park(nature(), "news again", againMs);
  }
  sim.newsLeft -= 1;
}
