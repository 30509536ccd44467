import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import { askFor, messageOf } from "#lib/events/events.fixture.ts";
import { openSystemSignal, renewSystemSignal } from "#lib/signals/system-signals.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import {
  GROUP_FROM,
  GROUP_WITHIN_MS,
  JOIN_QUIET_MS,
  REOPEN_WITHIN_MS,
  SETTLE_MS,
} from "./alert-policy.ts";
import { type AlertsFixture, flaws, openAlerts, withPoison } from "./alerts.fixture.ts";
import { policyOf } from "./policies/policies.fixture.ts";
import { savePolicy } from "./policies/save-policy.ts";
import { raiseAlerts } from "./raise-alerts.ts";
import { readAlert } from "./read-alert.ts";
import { sendNotices } from "./send-notices.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
});

const person = testActor("operator");
const acknowledge = (alert: { id: string; version: number }) =>
  acknowledgeAlerts(at.core, person, {
    alerts: [{ id: alert.id, version: alert.version }],
    forMs: 30 * 60_000,
  });

describe("a signal", () => {
  it("is an alert once it is raised, and is told of once", async () => {
    const [orderId = ""] = await at.signal("stalled");
    await at.raise();
    await at.raise();
    expect(await at.alerts()).toMatchObject([
      {
        ...{ kind: "stalled", subject: orderId, orderId, supplierId: at.supplierId },
        ...{ severity: "warning", state: "open", occurrences: 1, standing: 1, version: 1 },
        data: { status: "processing" },
      },
    ]);
    expect(await at.told()).toEqual(["alert.opened"]);
    const [event] = await db.outboundEvent.findMany({ where: { type: "alert.opened" } });
    const [alert] = await at.alerts();
    expect(event).toMatchObject({ subject: orderId, orderId: null, sequence: null });
    expect(event?.data).toEqual({
      ...{ key: "stalled", subject: orderId, orderId, openedAt: at.core.now().toISOString() },
      ...{ alertId: alert?.id, severity: "warning", occurrences: 1, standing: 1 },
      ...{ about: expect.any(String), supplier: "foxreload", isMock: false, isGroup: false },
      data: { status: "processing" },
    });
    expect(event && messageOf(event).data).toMatchObject({
      url: `https://ops.example.com/alerts/${alert?.id}`,
    });
  });

  it("ends its alert when it is over, and begins it again with its history", async () => {
    const ids = await at.signal("stalled");
    await at.raise();
    await at.clear(ids);
    await at.raise();
    expect(await at.alerts()).toMatchObject([
      { state: "resolved", resolution: "cleared", standing: 0 },
    ]);
    at.clock.advance(60_000);
    await at.open("stalled", ids);
    await at.raise();
    const [alert] = await at.alerts();
    expect(await at.alerts()).toHaveLength(1);
    expect(alert).toMatchObject({
      ...{ state: "open", reopened: 1, occurrences: 2, standing: 1, resolution: null },
      openedAt: at.core.now(),
    });
    expect(await at.history(alert?.id ?? "")).toEqual(["opened", "resolved", "reopened"]);
    expect(await at.told()).toEqual(["alert.opened", "alert.resolved", "alert.opened"]);
    expect(await flaws(db)).toEqual([]);
  });

  it("that ended and began again between two looks is two episodes", async () => {
    const ids = await at.signal("stalled");
    await at.raise();
    await at.clear(ids);
    await at.open("stalled", ids);
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ reopened: 1, standing: 1, occurrences: 2 }]);
    expect(await at.told()).toEqual(["alert.opened", "alert.resolved", "alert.opened"]);
  });

  it("that is renewed is its alert's next occurrence, not another episode", async () => {
    const renew = () =>
      db.$transaction((tx) =>
        renewSystemSignal(tx, at.core, "unattributed_supplier_order", at.supplierId, { count: 2 }),
      );
    await at.openSystem("unattributed_supplier_order");
    await at.raise();
    at.clock.advance(60_000);
    await renew();
    await at.raise();
    at.clock.advance(60_000);
    await at.raise();
    const [alert] = await at.alerts();
    expect(alert).toMatchObject({
      ...{ state: "open", occurrences: 2, standing: 1, reopened: 0, data: { count: 2 } },
    });
    expect(await at.history(alert?.id ?? "")).toEqual(["opened", "recurred"]);
    expect(await at.told()).toEqual(["alert.opened"]);
    // Over before anybody could be told of the next one, it is over.
    await renew();
    await at.clearSystem("unattributed_supplier_order");
    await at.raise();
    expect(await at.waiting()).toEqual([]);
    expect(await flaws(db)).toEqual([]);
  });

  it("that is brought up to date shows as it is, and at last as it was", async () => {
    await at.openSystem("stock_low");
    await at.raise();
    const update = (available: number) =>
      db.$transaction((tx) =>
        openSystemSignal(tx, at.core, "stock_low", at.supplierId, { available }),
      );
    await update(3);
    const [alert] = await at.waiting();
    expect((await readAlert(at.core, person, alert?.id ?? ""))?.data).toEqual({ available: 3 });
    await update(1);
    await at.clearSystem("stock_low");
    await at.raise();
    expect((await readAlert(at.core, person, alert?.id ?? ""))?.data).toEqual({ available: 1 });
  });

  it("that is renewed wakes whoever had taken it, and is told of again", async () => {
    await at.openSystem("balance_unexplained");
    await at.raise();
    for (const time of [1, 2, 3]) {
      const [alert] = await at.waiting();
      await acknowledge(alert ?? { id: "", version: 0 });
      at.clock.advance(60_000);
      await db.$transaction((tx) =>
        renewSystemSignal(tx, at.core, "balance_unexplained", at.supplierId, { steps: time }),
      );
      await at.raise();
      expect(await at.waiting()).toMatchObject([{ state: "open", occurrences: time + 1 }]);
    }
  });

  it("that is renewed twice between two looks wakes whoever had taken it, too", async () => {
    const renew = (steps: number) =>
      db.$transaction((tx) =>
        renewSystemSignal(tx, at.core, "balance_unexplained", at.supplierId, { steps }),
      );
    await at.openSystem("balance_unexplained");
    await at.raise();
    const [alert] = await at.waiting();
    await acknowledge(alert ?? { id: "", version: 0 });
    at.clock.advance(60_000);
    await renew(2);
    at.clock.advance(60_000);
    await renew(3);
    await at.raise();
    expect(await at.waiting()).toMatchObject([
      { state: "open", occurrences: 2, standing: 1, reopened: 0, data: { steps: 3 } },
    ]);
    expect(await flaws(db)).toEqual([]);
  });

  it("after a long while is another alert", async () => {
    const ids = await at.signal("stalled");
    await at.raise();
    await at.clear(ids);
    await at.raise();
    at.clock.advance(REOPEN_WITHIN_MS + 1);
    await at.open("stalled", ids);
    await at.raise();
    expect((await at.alerts()).map(({ state }) => state)).toEqual(["resolved", "open"]);
  });

  it("that only a person ends leaves its alert open when it is gone", async () => {
    const ids = await at.signal("order_failed");
    await at.raise();
    await at.clear(ids);
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ state: "open", standing: 0 }]);
    expect(await flaws(db)).toEqual([]);
  });

  it("of something that isn't there is told of all the same, and of a key that nobody knows isn't", async () => {
    await at.openSystem("handed_out_of_failed_order", "0198e4a0-0000-7000-8000-000000000000");
    await at.openSystem("engine_late", "engine");
    await at.openSystem("stock_low", "not an id");
    await at.openSystem("doctor_ran" as "engine_late", "late");
    await at.raise();
    expect((await at.alerts()).map(({ kind }) => kind).sort()).toEqual([
      "engine_late",
      "handed_out_of_failed_order",
      "stock_low",
    ]);
  });

  it("that is being written at this moment is raised the next time, and holds nobody up", async () => {
    const [held = "", free = ""] = await at.signal("stalled", 2);
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`select 1 from orders where id = ${held}::uuid for no key update`;
      await tx.orderSignal.updateMany({ where: { orderId: held }, data: { data: { looks: 2 } } });
      await raiseAlerts(at.core);
      expect(await at.waiting()).toMatchObject([{ orderId: free }]);
    });
    await at.raise();
    expect(await at.waiting()).toHaveLength(2);
  });

  it("whose order is being written at this moment is raised all the same", async () => {
    const [held = ""] = await at.signal("stalled");
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`select 1 from orders where id = ${held}::uuid for no key update`;
      await raiseAlerts(at.core);
      expect(await at.waiting()).toMatchObject([{ orderId: held }]);
    });
  });

  it("that can't be told holds nobody else up, and is told as soon as it can be", async () => {
    const ids = await at.signal("unconfirmed", 7);
    await db.orderSignal.updateMany({
      where: { orderId: ids[3] ?? "" },
      data: { data: { poison: "yes" } },
    });
    await withPoison(db, async () => {
      expect(await raiseAlerts(at.core)).toBe("done");
      expect(await at.waiting()).toHaveLength(6);
      // Nor is anybody kept who ends.
      await at.clear(ids.slice(0, 2));
      await at.raise();
      expect(await at.waiting()).toHaveLength(4);
    });
    await at.raise();
    expect(await at.waiting()).toHaveLength(5);
    expect(await flaws(db)).toEqual([]);
  });

  it("of a mock order is no more than information", async () => {
    await at.signal("unconfirmed", 1, { isMock: true });
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ severity: "info", isMock: true }]);
  });
});

describe("many signals of a kind and account", () => {
  it("are one row", async () => {
    await at.signal("stalled", 500);
    await at.raise();
    expect(await at.alerts()).toMatchObject([
      {
        ...{ kind: "stalled", subject: at.supplierId, isGroup: true, orderId: null },
        ...{ occurrences: 500, standing: 500, state: "open" },
      },
    ]);
    expect(await at.told()).toEqual(["alert.opened"]);
    expect(await flaws(db)).toEqual([]);
  });

  it("take in those that came before them, unless somebody has touched one", async () => {
    await at.signal("stalled", GROUP_FROM - 1);
    await at.raise();
    const [first] = await at.waiting();
    if (!first) expect.fail("nothing was raised");
    expect(await at.waiting()).toHaveLength(GROUP_FROM - 1);
    await acknowledge(first);
    await at.signal("stalled", 1);
    await at.raise();
    // One of them is touched, so that there are too few.
    expect(await at.waiting()).toHaveLength(GROUP_FROM);
    await at.signal("stalled", 1);
    await at.raise();
    const waiting = await at.waiting();
    expect(waiting.map(({ isGroup }) => isGroup)).toEqual([false, true]);
    const group = waiting[1];
    expect(group).toMatchObject({ occurrences: GROUP_FROM, standing: GROUP_FROM });
    const folded = (await at.alerts()).filter(({ state }) => state === "resolved");
    expect(folded).toHaveLength(GROUP_FROM - 1);
    for (const one of folded) {
      expect(one).toMatchObject({ resolution: "grouped", groupId: group?.id, standing: 0 });
      expect(await at.history(one.id)).toEqual(["opened", "grouped"]);
    }
    expect(await at.history(group?.id ?? "")).toEqual(["opened", "grouped"]);
    const told = await at.told();
    expect(told.filter((type) => type === "alert.resolved")).toHaveLength(GROUP_FROM - 1);
    expect(await flaws(db)).toEqual([]);
  });

  it("over a long time stay by themselves", async () => {
    await at.signal("stalled", GROUP_FROM - 1);
    await at.raise();
    at.clock.advance(GROUP_WITHIN_MS + 1);
    await at.signal("stalled", 1);
    await at.raise();
    expect(await at.waiting()).toHaveLength(GROUP_FROM);
  });

  it("join the group that there is, ease it one by one, and end it", async () => {
    const ids = await at.signal("stalled", GROUP_FROM);
    await at.raise();
    ids.push(...(await at.signal("stalled", 1)));
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ standing: 6, occurrences: 6 }]);
    await at.clear(ids.slice(0, 4));
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ standing: 2, occurrences: 6 }]);
    await at.clear(ids.slice(4));
    await at.raise();
    const [group] = await at.alerts();
    expect(group).toMatchObject({ state: "resolved", resolution: "cleared", standing: 0 });
    expect(await at.history(group?.id ?? "")).toEqual(["opened", "recurred", "eased", "resolved"]);
  });

  it("of mock orders never share a row with real ones", async () => {
    await at.signal("stalled", GROUP_FROM);
    await at.signal("stalled", GROUP_FROM, { isMock: true });
    await at.raise();
    expect((await at.waiting()).map(({ isMock, standing }) => [isMock, standing])).toEqual(
      expect.arrayContaining([
        [false, GROUP_FROM],
        [true, GROUP_FROM],
      ]),
    );
    expect(await at.waiting()).toHaveLength(2);
  });

  it("of kinds that a person looks at one by one stay by themselves", async () => {
    await at.signal("unconfirmed", 7);
    await at.raise();
    expect(await at.waiting()).toHaveLength(7);
  });
});

describe("an outage", () => {
  it("with 500 orders is one row, whatever order its signals come in", async () => {
    const before = await at.signal("stalled", 3);
    await at.raise();
    await at.openSystem("supplier_down");
    const orders = [
      ...before,
      ...(await at.signal("stalled", 300)),
      ...(await at.signal("slow", 197)),
    ];
    await at.raise();
    expect(await at.waiting()).toMatchObject([
      { kind: "supplier_down", severity: "critical", standing: 501, isGroup: false },
    ]);
    // The supplier is back: what stands of its orders keeps the row open, and new ones have their own.
    await at.clearSystem("supplier_down");
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ kind: "supplier_down", standing: 500 }]);
    await at.signal("stalled", 1);
    await at.raise();
    expect((await at.waiting()).map(({ kind }) => kind)).toEqual(["supplier_down", "stalled"]);
    await at.clear(orders);
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ kind: "stalled" }]);
    expect(await flaws(db)).toEqual([]);
  });

  it("says of each order what is wrong with it", async () => {
    const [stalled = ""] = await at.signal("stalled");
    const [refused = ""] = await at.signal("pay_refused");
    await at.openSystem("supplier_down");
    await at.raise();
    const [row] = await at.waiting();
    const view = await readAlert(at.core, person, row?.id ?? "");
    expect(view?.orders.map(({ id, kind }) => [id, kind]).sort()).toEqual(
      [
        [stalled, "stalled"],
        [refused, "pay_refused"],
      ].sort(),
    );
  });

  it("that somebody has taken hides nothing that he hasn't", async () => {
    await at.openSystem("key_refused");
    await at.raise();
    const [outage] = await at.waiting();
    if (!outage) expect.fail("nothing was raised");
    await acknowledge(outage);
    const others = ["code_changed", "cancelled_after_payment", "delivery_failed"] as const;
    for (const kind of others) await at.signal(kind);
    await at.signal("stalled");
    await at.raise();
    const waiting = await at.waiting();
    expect(waiting.map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining([
        ["key_refused", "acknowledged"],
        ...others.map((kind) => [kind, "open"]),
      ]),
    );
    expect(waiting).toHaveLength(4);
  });

  it("of one account doesn't hide another's orders, nor what needs a person", async () => {
    const other = await db.supplier.create({
      data: { slug: "other", kind: "foxreload", name: "Other" },
    });
    await at.openSystem("key_refused");
    await at.signal("stalled", 1, { supplierId: other.id });
    await at.signal("unconfirmed", 1);
    await at.signal("stalled", 1, { isMock: true });
    await at.raise();
    expect((await at.waiting()).map(({ kind }) => kind).sort()).toEqual([
      ...["key_refused", "stalled", "stalled", "unconfirmed"],
    ]);
  });
});

describe("a group that was told of to the end", () => {
  const told = () => db.outboundEvent.count({ where: { type: "alert.notice" } });
  async function tell(ms = SETTLE_MS) {
    at.clock.advance(ms);
    await sendNotices(at.core);
  }
  beforeEach(async () => {
    const endpoint = await askFor(db, { events: [] });
    await savePolicy(at.core, testActor("admin"), policyOf([[0, endpoint]]), OWN_REQUEST);
    await at.signal("order_failed", GROUP_FROM);
    await at.raise();
    await tell();
    expect(await told()).toBe(1);
  });

  it("is told of again when more comes after a quiet", async () => {
    at.clock.advance(JOIN_QUIET_MS - SETTLE_MS);
    await at.signal("order_failed");
    await at.raise();
    await tell();
    expect(await told()).toBe(1);
    at.clock.advance(JOIN_QUIET_MS);
    await at.signal("order_failed");
    await at.raise();
    await tell();
    expect(await told()).toBe(2);
    expect(await at.waiting()).toMatchObject([{ state: "open", standing: GROUP_FROM + 2 }]);
  });

  it("is told of again when it is twice what was told, each time", async () => {
    await at.signal("order_failed", GROUP_FROM - 1);
    await at.raise();
    await tell();
    expect(await told()).toBe(1);
    await at.signal("order_failed");
    await at.raise();
    await tell();
    expect(await told()).toBe(2);
    await at.signal("order_failed", GROUP_FROM);
    await at.raise();
    await tell();
    expect(await told()).toBe(2);
    await at.signal("order_failed", GROUP_FROM);
    await at.raise();
    await tell();
    expect(await told()).toBe(3);
  });

  it("stays with whoever has taken it, unless it is twice as much, or what comes is more severe", async () => {
    const [group] = await at.waiting();
    if (!group) expect.fail("nothing was raised");
    await acknowledgeAlerts(at.core, person, { alerts: [group], forMs: 4 * 60 * 60_000 });
    at.clock.advance(2 * JOIN_QUIET_MS);
    await at.signal("order_failed", GROUP_FROM - 1);
    await at.raise();
    await tell();
    expect(await told()).toBe(1);
    expect(await at.waiting()).toMatchObject([{ state: "acknowledged" }]);
    await at.signal("order_failed");
    await at.raise();
    const [double] = await at.waiting();
    expect(double).toMatchObject({ state: "open", occurrences: 2 * GROUP_FROM });
    await acknowledgeAlerts(at.core, person, {
      alerts: [double ?? { id: "", version: 0 }],
      forMs: 4 * 60 * 60_000,
    });
    await db.alert.updateMany({ data: { severity: "info" } });
    await at.signal("order_failed");
    await at.raise();
    expect(await at.waiting()).toMatchObject([
      { state: "open", severity: "warning", acknowledgedUntil: null },
    ]);
    expect(await at.history(group.id)).toEqual(
      expect.arrayContaining(["acknowledged", "worsened", "woken"]),
    );
    await tell();
    expect(await told()).toBe(2);
  });
});

describe("eight processes at once", () => {
  it("raise each signal once, while orders come and go", async () => {
    const ids = await at.signal("stalled", 40);
    const done = await Promise.all(
      Array.from({ length: 8 }, async (_, process) => {
        for (let round = 0; round < 5; round += 1) {
          await raiseAlerts(at.core);
          if (process === 0) await at.clear(ids.slice(round * 4, round * 4 + 4));
          if (process === 1) await at.signal("slow", 2);
        }
      }),
    );
    expect(done).toHaveLength(8);
    await at.raise();
    expect(await flaws(db)).toEqual([]);
    expect((await at.waiting()).map(({ kind, isGroup }) => [kind, isGroup])).toEqual(
      expect.arrayContaining([
        ["stalled", true],
        ["slow", true],
      ]),
    );
    const told = await at.told();
    const waiting = await at.waiting();
    expect(
      told.filter((type) => type === "alert.opened").length -
        told.filter((type) => type === "alert.resolved").length,
    ).toBe(waiting.length);
  });

  it("fold singles into one group", async () => {
    await at.signal("stalled", GROUP_FROM - 1);
    await at.raise();
    await at.signal("stalled", 1);
    await Promise.all(Array.from({ length: 8 }, () => raiseAlerts(at.core)));
    expect(await at.waiting()).toMatchObject([{ isGroup: true, standing: GROUP_FROM }]);
    expect(await flaws(db)).toEqual([]);
  });
});
