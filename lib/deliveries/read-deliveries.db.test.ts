import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { countDeliveries } from "./count-deliveries.ts";
import { createEndpoint, deliveriesContext, eventOf } from "./deliveries.fixture.ts";
import { type DeliveryFilter, parseDeliveryFilter } from "./delivery-filter.ts";
import { countDeliveryAttention, listDeliveries } from "./read-deliveries.ts";
import { readDelivery } from "./read-delivery.ts";
import { readEndpointNames } from "./read-endpoint-names.ts";
import { listJobs } from "./read-jobs.ts";
import { resendDelivery } from "./resend-delivery.ts";
import { startJob } from "./start-job.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = deliveriesContext(db);
const viewer = testActor("viewer");
const operator = testActor("operator");
const UNASKED = { address: null, correlationId: null };
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

const ids = { shop: "", bot: "", order: "", clientRef: "" };

async function told(events: Partial<NewEvent>[], at: Date): Promise<string[]> {
  const before = await newest();
  await db.$transaction((tx) => announce(tx, ctx, events.map(eventOf), at));
  // As though it had been then: deliveries go by the database's clock.
  await db.$executeRaw`
    update deliveries d set id = time_ordered_id(e.at), created_at = e.at from events e
    where e.id = d.event_id and d.created_at > e.at + interval '1 minute'`;
  const rows = await db.delivery.findMany({ orderBy: { id: "asc" }, select: { id: true } });
  return rows.map(({ id }) => id).filter((id) => !before.has(id));
}

const newest = async () =>
  new Set((await db.delivery.findMany({ select: { id: true } })).map(({ id }) => id));

/** Ends deliveries as the engine would, without its tries. */
const end = (which: string[], state: "success" | "failed", reason: string | null = null) =>
  db.delivery.updateMany({
    where: { id: { in: which } },
    data: { state, reason, nextAttemptAt: null, finishedAt: new Date() },
  });

beforeAll(async () => {
  await told([{}, { isMock: true }], hoursAgo(200));
  ids.shop = (await createEndpoint(db, "Shop", { createdAt: hoursAgo(100) })).id;
  ids.bot = (
    await createEndpoint(db, "Bot", { channel: "telegram", events: ["order.completed"] })
  ).id;
  const orders = await testContext(db, scriptedSupplier());
  const { order } = await createOrder(db, orders.account.id, {
    supplierOrderId: "Sup-77",
    customerRef: "Kunde 7",
  });
  ids.order = order.id;
  ids.clientRef = order.clientRef;
  await end(await told([{}, {}, {}], hoursAgo(100)), "failed", "timeout");
  const data = {
    customerRef: "Kunde 7",
    items: [{ productName: "Steam 5" }, { productName: "Xbox 10" }],
  };
  const of = { orderId: order.id, data };
  await end(await told([{ ...of, type: "order.created" }], hoursAgo(3)), "success");
  await told([{ ...of, type: "order.completed" }], hoursAgo(2));
  await end(await told([{}, {}], hoursAgo(1)), "failed", "broken");
});

const list = async (filter: DeliveryFilter = {}) => listDeliveries(ctx, viewer, filter);
const count = async (filter: DeliveryFilter) => (await list(filter)).rows.length;
const hour = (hours: number) => hoursAgo(hours).toISOString();

describe("listDeliveries", () => {
  it("finds what is asked for", async () => {
    const expected: [DeliveryFilter, number][] = [
      [{}, 10],
      [{ state: ["failed"] }, 5],
      [{ state: ["failed", "not_apply"] }, 7],
      [{ endpoint: ids.shop }, 7],
      [{ endpoint: ids.shop, state: ["pending"] }, 1],
      [{ channel: ["telegram"] }, 1],
      [{ channel: ["telegram"], endpoint: ids.shop }, 0],
      [{ channel: ["sqs"] }, 0],
      [{ type: ["order.completed"] }, 2],
      [{ type: ["order.completed", "order.created"] }, 3],
      [{ type: ["balance.low"], state: ["failed"] }, 5],
      [{ order: ids.order }, 3],
      [{ order: ids.order, state: ["success"] }, 1],
      [{ reason: "timeout" }, 3],
      [{ reason: "nobody_asked" }, 2],
      [{ reason: "nobody_asked", mock: "without" }, 1],
      [{ mock: "only" }, 1],
      [{ mock: "without" }, 9],
      [{ since: hour(2.5) }, 4],
      [{ until: hour(2.5) }, 6],
      [{ since: hour(101), until: hour(2.5) }, 4],
      [{ search: ids.order }, 3],
      [{ search: "sup-77" }, 3],
      [{ search: ids.clientRef }, 3],
      [{ search: "Kunde 7", state: ["pending"] }, 2],
      [{ search: "Kunde" }, 0],
      [{ search: v7() }, 0],
    ];
    for (const [filter, wanted] of expected) {
      expect([filter, await count(filter)]).toEqual([filter, wanted]);
    }
  });

  it("pages by keyset, each row once and newest first", async () => {
    await end(
      await told(
        Array.from({ length: 120 }, () => ({})),
        hoursAgo(0.5),
      ),
      "success",
    );
    const all: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 9; pages += 1) {
      const page = await list({ endpoint: ids.shop, after });
      all.push(...page.rows.map(({ id }) => id));
      if (!page.next) break;
      after = page.next;
    }
    expect(all).toHaveLength(127);
    expect(all).toEqual([...new Set(all)].sort().reverse());
  });

  it("says what it is about, to whom, and what came of it", async () => {
    const { rows, may } = await list({ order: ids.order });
    expect(may).toEqual({ send: false });
    expect(rows.map(({ eventType, sequence }) => [eventType, sequence])).toEqual([
      ["order.completed", 2],
      ["order.completed", 2],
      ["order.created", 1],
    ]);
    expect(rows[0]).toMatchObject({
      about: { productName: "Steam 5", moreItems: 1, customerRef: "Kunde 7", key: null },
      state: "pending",
      isTrying: false,
      last: null,
    });
    expect(rows.map(({ endpoint }) => endpoint?.name).sort()).toEqual(["Bot", "Shop", "Shop"]);
    expect((await list({ reason: "nobody_asked" })).rows[0]).toMatchObject({
      endpoint: null,
      about: { productName: null, moreItems: 0 },
    });
  });

  it("shows what a person should see: what failed lately and what is late, and no more", async () => {
    const seen = async () => {
      const { rows } = await list({ attention: "1" });
      expect(await countDeliveryAttention(ctx)).toBe(rows.length);
      return rows.map(({ reason, endpoint }) => `${reason} ${endpoint?.name}`);
    };
    // Of the failed ones those of four days ago are left out; what just became due isn't late.
    expect(await seen()).toEqual(["broken Shop", "broken Shop"]);
    await db.delivery.updateMany({
      where: { orderId: ids.order, state: "pending" },
      data: { nextAttemptAt: hoursAgo(1) },
    });
    expect((await seen()).sort()).toEqual(["broken Shop", "broken Shop", "null Bot", "null Shop"]);
    const pause = (pausedAt: Date | null, trips: number) =>
      db.endpoint.update({
        where: { id: ids.shop },
        data: { pausedAt, pauseReason: pausedAt && "maintenance", trips },
      });
    await pause(new Date(), 0);
    expect(await seen()).toHaveLength(3);
    await pause(null, 1);
    expect(await seen()).toHaveLength(3);
    expect((await list({ endpoint: ids.shop })).rows[0]?.endpoint?.standing).toBe("resting");
    await pause(null, 0);
    const [failed] = (await list({ reason: "broken" })).rows;
    const { kind } = await resendDelivery(ctx, operator, failed?.id ?? "", UNASKED);
    expect(kind).toBe("resent");
    expect(await seen()).toHaveLength(3);
  });

  it("is for those who may", async () => {
    const nobody = { ...viewer, role: "stranger" } as never;
    for (const read of [listDeliveries(ctx, nobody, {}), readEndpointNames(ctx, nobody)]) {
      await expect(read).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(countDeliveries(ctx, viewer, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("readDelivery", () => {
  it("tells each try without what nobody may see", async () => {
    const [row] = (await list({ reason: "broken" })).rows;
    const id = row?.id ?? "";
    await db.endpoint.update({ where: { id: ids.shop }, data: { secrets: "v2|sealed|secret" } });
    await db.deliveryAttempt.create({
      data: {
        id: v7(),
        deliveryId: id,
        endpointId: ids.shop,
        number: 1,
        startedAt: hoursAgo(1),
        finishedAt: hoursAgo(1),
        outcome: "refused",
        errorKind: "broken",
        status: 503,
        tookMs: 12,
        request: { to: "https://shop.example/", headers: { "webhook-id": "…" }, body: "{}" },
        answer: "no",
        waitMs: 2_000,
      },
    });
    const delivery = await readDelivery(ctx, viewer, id);
    expect(delivery).toMatchObject({
      state: "failed",
      mostTries: 7,
      endpoint: { name: "Shop", standing: "sending", payload: "thin" },
      event: { type: "balance.low", payload: { version: 1, data: { available: "3.50" } } },
      attempts: [{ number: 1, status: 503, errorKind: "broken", waitMs: 2_000, answer: "no" }],
      may: { send: false, manage: false },
    });
    expect(JSON.stringify(delivery)).not.toContain("sealed");
    expect((await list({ search: id })).rows[0]?.last).toEqual({
      errorKind: "broken",
      status: 503,
    });
  });

  it("names the others of its event, and what people did", async () => {
    const resent = (await list({ reason: "broken" })).rows.map(({ id }) => id);
    const found = await Promise.all(resent.map((id) => readDelivery(ctx, operator, id)));
    const told = found.find((one) => one?.acts.length);
    expect(told?.acts).toMatchObject([{ action: "delivery.resent" }]);
    expect(told?.others).toMatchObject([{ isResend: true, state: "pending" }]);
    const again = await readDelivery(ctx, operator, told?.others[0]?.id ?? "");
    expect(again?.resendOfId).toBe(told?.id);
  });

  it("knows nothing of what isn't there", async () => {
    expect(await readDelivery(ctx, viewer, v7())).toBeNull();
    expect(await readDelivery(ctx, viewer, "'; drop table deliveries")).toBeNull();
  });
});

describe("many at once", () => {
  it("are counted by state before, and listed as jobs after", async () => {
    const filter = parseDeliveryFilter({ endpoint: ids.shop, reason: "timeout" });
    const { counts, endpoint } = await countDeliveries(ctx, operator, filter);
    expect(counts).toEqual({ pending: 0, success: 0, failed: 3, not_apply: 0 });
    expect(endpoint).toMatchObject({ name: "Shop", standing: "sending" });
    const id = v7();
    await startJob(ctx, operator, { id, kind: "resend", filter, reason: "Shop was away" }, UNASKED);
    const { rows, may } = await listJobs(ctx, viewer);
    expect(may).toEqual({ send: false });
    expect(rows).toMatchObject([
      {
        id,
        kind: "resend",
        filter,
        endpointName: "Shop",
        reason: "Shop was away",
        total: 3,
        done: 0,
        state: "running",
        endedAt: null,
      },
    ]);
  });

  it("are of endpoints that are known by name, deleted ones last", async () => {
    await createEndpoint(db, "Attic", { deletedAt: new Date() });
    const { rows } = await readEndpointNames(ctx, viewer);
    expect(rows.map(({ name, isDeleted }) => [name, isDeleted])).toEqual([
      ["Bot", false],
      ["Shop", false],
      ["Attic", true],
    ]);
  });
});
