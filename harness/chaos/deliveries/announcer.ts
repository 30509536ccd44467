import { v7 } from "uuid";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { drawBetween } from "../../simulate/chance.ts";
import type { ChaosDatabase } from "../database.ts";
import { pauseFor } from "../moments.ts";

/** What is announced at once. */
const MOST_AT_ONCE = 20;
const AGAIN_MS = 300;
const ORDERS = 40;

/**
 * Announces so many events within the time, a third of them about orders, each in a transaction as the product's
 * own are; whether a commit came through although its answer was lost is looked up.
 */
export async function announceEvents(
  core: Core,
  database: ChaosDatabase,
  orders: readonly string[],
  { seed, events, withinMs }: { seed: number; events: number; withinMs: number },
): Promise<void> {
  const beginning = Date.now();
  let announced = 0;
  for (let round = 0; announced < events; round += 1) {
    const count = Math.min(events - announced, drawBetween(1, MOST_AT_ONCE, seed, "batch", round));
    const orderId = round % 3 === 0 ? (orders[round % orders.length] ?? null) : null;
    const batch = Array.from({ length: orderId ? Math.min(count, 3) : count }, (_, index) =>
      eventOf(orderId, announced + index),
    );
    await announceOnce(core, database, batch, orderId);
    announced += batch.length;
    const dueMs = (announced / events) * withinMs - (Date.now() - beginning);
    if (dueMs > 0) await pauseFor(dueMs);
  }
}

async function announceOnce(
  core: Core,
  database: ChaosDatabase,
  batch: NewEvent[],
  orderId: string | null,
): Promise<void> {
  const ids = batch.map(() => core.newId());
  for (;;) {
    const left = [...ids];
    const numbered = { newId: () => left.shift() ?? core.newId() };
    try {
      await core.db.$transaction(async (tx) => {
        if (orderId)
          await tx.$queryRaw`select id from orders where id = ${orderId}::uuid for update`;
        await announce(tx, numbered, batch, core.now());
      });
      return;
    } catch {
      await pauseFor(AGAIN_MS);
      const found = await database.rows("select id from events where id = any($1::uuid[])", [ids]);
      if (found.length > 0) return;
    }
  }
}

function eventOf(orderId: string | null, nth: number): NewEvent {
  const base = { version: EVENT_VERSION, isMock: false, productIds: [] };
  const now = new Date().toISOString();
  if (orderId === null) {
    const data = {
      supplier: "foxreload",
      currency: "USD",
      available: `${nth}.50`,
      lowAt: "50",
      okAt: "60",
      since: now,
    };
    return { ...base, type: "balance.low", subject: "foxreload", orderId, data };
  }
  const data = {
    orderId,
    clientRef: orderId,
    customerRef: null,
    supplier: "foxreload",
    supplierOrderId: `order_${orderId}`,
    status: "processing",
    isMock: false,
    currency: "USD",
    total: "4.75",
    items: [],
    createdAt: now,
    finishedAt: null,
    reason: null,
    since: now,
  };
  return { ...base, type: "order.stalled", subject: orderId, orderId, data };
}

/** Orders that nobody works on: no account of their supplier is connected. */
export async function makeOrders({ db, now }: Core): Promise<string[]> {
  const supplier = await db.supplier.create({
    data: { slug: "nobody", kind: "foxreload", name: "Nobody" },
  });
  const ids = Array.from({ length: ORDERS }, () => v7());
  await db.order.createMany({
    data: ids.map(
      (id): Prisma.OrderCreateManyInput => ({
        id,
        supplierId: supplier.id,
        clientRef: id,
        supplierOrderId: `order_${id}`,
        status: "processing",
        isMock: false,
        currency: "USD",
        agreedTotal: "4.75",
        actorKind: "job",
        actorName: "chaos",
        correlationId: id,
        createdAt: now(),
        statusChangedAt: now(),
        nextPollAt: new Date(now().getTime() + 86_400_000),
      }),
    ),
  });
  return ids;
}
