/** An outage as the engine lives through it: rules, raising, waking and telling, tick by tick. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { askFor, messageOf } from "#lib/events/events.fixture.ts";
import {
  createOrder,
  createUser,
  scriptedSupplier,
  testActor,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { SETTLE_MS } from "./alert-policy.ts";
import { type AlertsFixture, flaws, openAlerts } from "./alerts.fixture.ts";
import { evaluateRules } from "./evaluate-rules.ts";
import { MINUTE, policyOf } from "./policies/policies.fixture.ts";
import { savePolicy } from "./policies/save-policy.ts";
import { readNotices } from "./read-notices.ts";
import { accounts } from "./rules/accounts.ts";
import { stalled } from "./rules/stalled.ts";
import { sendNotices } from "./send-notices.ts";
import { wakeAlerts } from "./wake-alerts.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const operator = testActor("operator");
/** Fine while something begins, coarser once it goes on as it is. */
const tickMs = (elapsedMs: number) => (elapsedMs < 25 * MINUTE ? 30_000 : 150_000);
let at: AlertsFixture;

beforeEach(async () => {
  at = await openAlerts(db);
  await db.ruleRun.deleteMany();
  const [first, second] = [
    await askFor(db, { name: "Chat", events: [] }),
    await askFor(db, { name: "Mail", channel: "email", events: [] }),
  ];
  const asha = (await createUser(db, { name: "Asha" })).id;
  await savePolicy(
    at.core,
    testActor("admin"),
    policyOf(
      [
        [0, first],
        [10, second],
        [20, second, asha],
      ],
      { repeatAfterMs: 40 * MINUTE, repeats: 1 },
    ),
    { address: null, correlationId: null },
  );
});

/** The engine works on it, while `during` says at each tick what happens. */
async function live(minutes: number, during: (tick: number) => Promise<unknown>): Promise<void> {
  const ctx = { ...(await testContext(db, scriptedSupplier(), at.clock)), ...at.core };
  let elapsedMs = 0;
  for (let tick = 0; elapsedMs < minutes * MINUTE; tick += 1) {
    await during(tick);
    await evaluateRules(ctx, { rules: [stalled, accounts] });
    await at.raise();
    await wakeAlerts(at.core);
    while ((await sendNotices(at.core)) === "again");
    at.clock.advance(tickMs(elapsedMs));
    elapsedMs += tickMs(elapsedMs);
  }
}

/** Rows of orders in doubt, oldest first. */
const doubts = async () => (await at.waiting()).filter(({ kind }) => kind === "unconfirmed");

const toldOfAlert = async (id: string) =>
  (
    await db.alertEntry.findMany({
      where: { alertId: id, kind: "notified" },
      orderBy: { id: "asc" },
    })
  ).map(({ data }) => (data as { eventId: string }).eventId);

/** Notices of a kind, as "round/step" with how often each was told; each is one delivery. */
async function toldOf(kind: string): Promise<Record<string, number>> {
  const events = await db.outboundEvent.findMany({
    where: { type: "alert.notice" },
    include: { deliveries: true },
  });
  const told: Record<string, number> = {};
  for (const event of events) {
    const { data } = messageOf(event);
    expect(event.deliveries).toHaveLength(1);
    if (!("round" in data) || data.key !== kind) continue;
    const place = `${data.round}/${data.step}`;
    told[place] = (told[place] ?? 0) + 1;
  }
  return told;
}

/** Each step of both rounds, once. */
const ONCE_A_STEP = { "1/1": 1, "1/2": 1, "1/3": 1, "2/1": 1, "2/2": 1, "2/3": 1 };

/** Nothing that the account is asked comes back. */
async function failCalls(): Promise<void> {
  const minute = new Date(Math.floor(at.clock.now().getTime() / MINUTE) * MINUTE);
  const key = { supplierId: at.supplierId, minute, what: "look", outcome: "failed" };
  const [row] = await db.callCount.findMany({ where: key });
  if (!row) await db.callCount.create({ data: { ...key, calls: 12, tookMs: 0 } });
}

describe("an outage", () => {
  it("with 500 open orders is one row, and one notice a step of the policy", async () => {
    for (let index = 0; index < 500; index += 1) {
      const moved = at.clock.now().getTime() - (index % 20) * 30_000;
      await createOrder(db, at.supplierId, {
        status: index % 2 ? "processing" : "paid",
        statusChangedAt: new Date(moved),
      });
    }
    await live(90, failCalls);
    const waiting = await at.waiting();
    expect(waiting).toMatchObject([{ kind: "supplier_down", state: "open", standing: 501 }]);
    expect(await toldOf("supplier_down")).toEqual(ONCE_A_STEP);
    expect(await db.outboundEvent.count({ where: { type: "alert.notice" } })).toBe(6);
    expect(await flaws(db)).toEqual([]);
  });

  it("that leaves orders in doubt keeps a row for each, and one notice a step for all of them", async () => {
    await live(90, async (tick) => {
      await failCalls();
      // What is being sent goes on to fail for a while, until the breaker opens for good.
      if (tick < 10) await at.signal("unconfirmed", 6);
    });
    const rows = await doubts();
    expect(rows).toHaveLength(60);
    for (const row of rows) expect(row).toMatchObject({ isGroup: false, standing: 1 });
    expect(await toldOf("unconfirmed")).toEqual(ONCE_A_STEP);
    expect(await toldOf("supplier_down")).toEqual(ONCE_A_STEP);
    // Each knows who was told of it, and by which message.
    for (const { id } of rows) expect(await readNotices(db, id)).not.toEqual([]);
  });
});

describe("orders in doubt", () => {
  it("that are few are told of one by one", async () => {
    await live(1, (tick) => at.signal("unconfirmed", tick === 0 ? 4 : 0));
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 4 });
  });

  it("that are many are told of with how many they are, and each by what comes next", async () => {
    await live(11, (tick) => at.signal("unconfirmed", tick === 0 ? 7 : 0));
    const events = await db.outboundEvent.findMany({
      where: { type: "alert.notice" },
      orderBy: { id: "asc" },
    });
    const [oldest, ...others] = await doubts();
    expect(events.map((event) => messageOf(event).data)).toMatchObject([
      { alertId: oldest?.id, alike: 6, step: 1, isGroup: false },
      { alertId: oldest?.id, alike: 6, step: 2 },
    ]);
    for (const { id } of others) expect(await toldOfAlert(id)).toEqual(events.map((one) => one.id));
  });

  it("are told of once, however many processes do so at the same moment", async () => {
    await at.signal("unconfirmed", 7);
    await at.raise();
    at.clock.advance(SETTLE_MS);
    await Promise.all([sendNotices(at.core), sendNotices(at.core), sendNotices(at.core)]);
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 1 });
    for (const { id } of await doubts()) expect(await toldOfAlert(id)).toHaveLength(1);
  });

  it("that are hundreds at once are told of by one notice a step, too", async () => {
    await live(11, (tick) => at.signal("unconfirmed", tick === 0 ? 260 : 0));
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 1, "1/2": 1 });
  });

  it("of which one joins the others where the next step leads nowhere is told of all the same", async () => {
    await live(5, (tick) => at.signal("unconfirmed", tick === 0 ? 6 : 0));
    await db.endpoint.updateMany({
      where: { name: "Mail" },
      data: { disabledAt: at.clock.now(), disabledWhy: "gone" },
    });
    const [late = ""] = await at.signal("unconfirmed", 1);
    await live(15, async () => {});
    const alert = (await doubts()).find(({ orderId }) => orderId === late);
    const told = await db.alertEntry.findMany({
      where: { alertId: alert?.id ?? "", kind: "notified", data: { path: ["to"], equals: "Chat" } },
    });
    expect(told).toHaveLength(1);
  });

  it("of which one was put aside are told of again as soon as that is over", async () => {
    await live(1, (tick) => at.signal("unconfirmed", tick === 0 ? 7 : 0));
    const [taken] = await doubts();
    if (!taken) expect.fail("nothing was raised");
    const { id, version } = taken;
    await acknowledgeAlerts(at.core, operator, { alerts: [{ id, version }], forMs: 15 * MINUTE });
    await live(15, async () => {});
    expect(await toldOfAlert(id)).toHaveLength(1);
    await live(2, async () => {});
    expect(await toldOfAlert(id)).toHaveLength(2);
  });

  it("that somebody has taken are told to nobody, and the others are all the same", async () => {
    await live(1, (tick) => at.signal("unconfirmed", tick === 0 ? 7 : 0));
    const [taken] = await doubts();
    if (!taken) expect.fail("nothing was raised");
    const { id, version } = taken;
    await acknowledgeAlerts(at.core, operator, { alerts: [{ id, version }], forMs: 60 * MINUTE });
    await live(10, async () => {});
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 1, "1/2": 1 });
    expect(await toldOfAlert(id)).toHaveLength(1);
    const [, ...others] = await doubts();
    for (const other of others) expect(await toldOfAlert(other.id)).toHaveLength(2);
  });

  it("whose notice doesn't arrive are told to the next at once, also when the named one is over", async () => {
    await live(1, (tick) => at.signal("unconfirmed", tick === 0 ? 7 : 0));
    const [named] = await doubts();
    await db.delivery.updateMany({
      where: { state: "pending" },
      data: { state: "failed", reason: "timeout", nextAttemptAt: null, finishedAt: new Date() },
    });
    await at.clear([named?.orderId ?? ""]);
    await live(1, async () => {});
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 1, "1/2": 1 });
    for (const { id } of await doubts()) expect(await toldOfAlert(id)).toHaveLength(2);
  });

  it("that come when everybody has been told are told of within half an hour", async () => {
    await live(75, (tick) => at.signal("unconfirmed", tick === 0 ? 7 : 0));
    expect(await toldOf("unconfirmed")).toMatchObject({ "2/2": 1 });
    await live(10, async () => {});
    expect(await toldOf("unconfirmed")).toEqual(ONCE_A_STEP);
    const [late = ""] = await at.signal("unconfirmed", 1);
    await live(31, async () => {});
    const alert = (await doubts()).find(({ orderId }) => orderId === late);
    expect(await toldOfAlert(alert?.id ?? "")).toHaveLength(1);
  });

  it("of different accounts are told of apart", async () => {
    const other = await db.supplier.create({
      data: { slug: "other", kind: "foxreload", name: "Other" },
    });
    await live(1, async (tick) => {
      if (tick > 0) return;
      await at.signal("unconfirmed", 5);
      await at.signal("unconfirmed", 5, { supplierId: other.id });
      await at.signal("unconfirmed", 5, { isMock: true });
    });
    expect(await toldOf("unconfirmed")).toEqual({ "1/1": 2 });
  });
});
