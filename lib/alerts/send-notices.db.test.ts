import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { revive } from "#lib/deliveries/send-again.ts";
import { askFor, messageOf } from "#lib/events/events.fixture.ts";
import {
  createUser,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { RETOLD_MS, RETRY_MS, SETTLE_MS } from "./alert-policy.ts";
import { planNotices } from "./plan-notices.ts";
import { MINUTE, noticesOf, openAlert, plannedOf, policyOf } from "./policies/policies.fixture.ts";
import { type PolicyEdit, savePolicy } from "./policies/save-policy.ts";
import { readNotices } from "./read-notices.ts";
import { sendNotices } from "./send-notices.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const base = await testContext(db, scriptedSupplier());
let clock = testClock();
let ctx = { ...base, now: clock.now };
const admin = testActor("admin");
const first = await askFor(db, { name: "First", events: [] });
const second = await askFor(db, { name: "Second", channel: "email", events: [] });
const everything = await askFor(db, { name: "Everything", events: ["*"] });
const asha = (await createUser(db, { name: "Asha" })).id;

beforeEach(async () => {
  clock = testClock();
  ctx = { ...base, now: clock.now };
  await db.escalationPolicy.updateMany({ data: { deletedAt: new Date() } });
  const standing = {
    pausedAt: null,
    pausedBy: null,
    pauseReason: null,
    disabledAt: null,
    disabledWhy: null,
    openUntil: null,
    includesMock: false,
  };
  await db.endpoint.updateMany({ data: standing });
  await db.alert.updateMany({
    data: { state: "resolved", resolvedAt: new Date(), resolution: "cleared", nextNoticeAt: null },
  });
});

const save = (edit: PolicyEdit) =>
  savePolicy(ctx, admin, edit, { address: null, correlationId: null });
async function pass(ms: number) {
  clock.advance(ms);
  return sendNotices(ctx);
}
const toldTo = async (alert: string) =>
  (await noticesOf(db, alert)).flatMap(({ deliveries }) => deliveries.map((one) => one.endpointId));
const entriesOf = async (alertId: string) =>
  (await db.alertEntry.findMany({ where: { alertId }, orderBy: { id: "asc" } })).map(
    ({ data }) => data,
  );

/** It is over, and after a while it is there again. */
async function comeBack(id: string, afterMs: number): Promise<void> {
  await db.alert.update({
    where: { id },
    data: {
      ...{ state: "resolved", resolvedAt: clock.now(), resolution: "cleared", nextNoticeAt: null },
    },
  });
  clock.advance(afterMs);
  const at = clock.now();
  await db.$transaction(async (tx) => {
    await tx.alert.update({
      where: { id },
      data: {
        ...{ state: "open", resolvedAt: null, resolution: null, openedAt: at },
        reopened: { increment: 1 },
      },
    });
    await planNotices(tx, [id], at, "opened");
  });
}

describe("sendNotices", () => {
  it("tells step by step while nobody takes it, each as a delivery to that endpoint alone", async () => {
    await save(
      policyOf(
        [
          [0, first],
          [10, second, asha],
        ],
        { name: "On call" },
      ),
    );
    const alert = await openAlert(db, clock.now(), { kind: "engine_late", subject: "engine" });
    await pass(SETTLE_MS - 1);
    expect(await toldTo(alert)).toEqual([]);
    await pass(1);
    expect(await toldTo(alert)).toEqual([first]);
    await pass(10 * MINUTE - 1);
    expect(await toldTo(alert)).toEqual([first]);
    await pass(1);
    expect(await toldTo(alert)).toEqual([first, second]);
    await pass(60 * MINUTE);
    const events = await noticesOf(db, alert);
    expect(events.flatMap(({ deliveries }) => deliveries)).toHaveLength(2);
    const [early, late] = events;
    expect(early && messageOf(early).data).toMatchObject({
      ...{ alertId: alert, key: "engine_late", severity: "critical", step: 1, steps: 2, round: 1 },
      url: `https://ops.example.com/alerts/${alert}`,
    });
    expect(late && messageOf(late).data).toMatchObject({ step: 2, to: { name: "Asha" } });
    expect(await plannedOf(db, alert)).toMatchObject({ nextNoticeAt: null });
    expect(await entriesOf(alert)).toMatchObject([
      { step: 1, to: "First", policy: "On call", eventId: early?.id },
      { step: 2, to: "Asha", eventId: late?.id },
    ]);
    expect(await readNotices(db, alert)).toMatchObject([
      { to: "Asha", state: "pending", deliveryId: late?.deliveries[0]?.id },
      { to: "First", state: "pending" },
    ]);
    expect(await db.delivery.count({ where: { endpointId: everything } })).toBe(0);
  });

  it("tells once, however many do so at once", async () => {
    await save(policyOf([[0, first]]));
    const alerts = await Promise.all([1, 2, 3].map(() => openAlert(db, clock.now())));
    clock.advance(SETTLE_MS);
    await Promise.all([1, 2, 3, 4].map(() => sendNotices(ctx)));
    for (const alert of alerts) expect(await toldTo(alert)).toEqual([first]);
  });

  it("tells nobody once it is taken, and begins anew when it is open again", async () => {
    await save(
      policyOf([
        [0, first],
        [10, second],
      ]),
    );
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    const acknowledgedUntil = new Date(clock.now().getTime() + 30 * MINUTE);
    await db.alert.update({
      where: { id: alert },
      data: { state: "acknowledged", acknowledgedUntil, nextNoticeAt: null },
    });
    await pass(20 * MINUTE);
    expect(await toldTo(alert)).toEqual([first]);
    await db.$transaction(async (tx) => {
      await tx.alert.update({
        where: { id: alert },
        data: { state: "open", acknowledgedUntil: null },
      });
      await planNotices(tx, [alert], clock.now(), "opened");
    });
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([first, first]);
  });

  it("goes through all of it again as often as the policy says", async () => {
    await save(policyOf([[0, first]], { repeatAfterMs: 15 * MINUTE, repeats: 2 }));
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    for (const _ of [1, 2, 3, 4]) await pass(15 * MINUTE);
    expect(await toldTo(alert)).toEqual([first, first, first]);
  });

  it("goes on at once where an endpoint is off, and says so", async () => {
    await save(
      policyOf([
        [0, first],
        [10, second],
      ]),
    );
    await db.endpoint.update({
      where: { id: first },
      data: { disabledAt: clock.now(), disabledWhy: "gone" },
    });
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([second]);
    expect(await entriesOf(alert)).toMatchObject([{ to: "First", skipped: "off" }, { step: 2 }]);
  });

  const switchOff = (id: string, isOff = true) =>
    db.endpoint.update({
      where: { id },
      data: isOff
        ? { pausedAt: clock.now(), pausedBy: "Asha", pauseReason: "maintenance" }
        : { pausedAt: null, pausedBy: null, pauseReason: null },
    });

  it("tries again for as long as nobody can be told, and says once whom it passed over", async () => {
    await save(policyOf([[0, first]]));
    await switchOff(first);
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    for (const _ of [1, 2, 3]) await pass(RETRY_MS);
    expect(await toldTo(alert)).toEqual([]);
    expect(await entriesOf(alert)).toMatchObject([{ to: "First", skipped: "off" }]);
    await switchOff(first, false);
    await pass(RETRY_MS - 1);
    expect(await toldTo(alert)).toEqual([]);
    await pass(1);
    expect(await toldTo(alert)).toEqual([first]);
    await pass(RETRY_MS);
    expect(await plannedOf(db, alert)).toMatchObject({ nextNoticeAt: null });
  });

  it("goes on to the next policy that fits where its own reaches nobody any more", async () => {
    await save(policyOf([[0, first]], { name: "Own" }));
    await save(policyOf([[0, second]], { name: "Other" }));
    const alert = await openAlert(db, clock.now());
    await switchOff(first);
    await pass(SETTLE_MS);
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([second]);
    expect(await entriesOf(alert)).toMatchObject([{ policy: "Own" }, { policy: "Other" }]);
  });

  it("tries the round again where its last notice doesn't arrive, but doesn't hammer", async () => {
    await save(
      policyOf([
        [0, first],
        [10, second],
      ]),
    );
    const alert = await openAlert(db, clock.now());
    const refuse = () =>
      db.delivery.updateMany({ where: { endpointId: second, tries: 0 }, data: { tries: 2 } });
    await pass(SETTLE_MS);
    await pass(10 * MINUTE);
    expect(await plannedOf(db, alert)).toMatchObject({ nextNoticeAt: null });
    await refuse();
    await pass(1_000);
    await pass(RETRY_MS - 1);
    expect(await toldTo(alert)).toEqual([first, second]);
    await pass(1);
    expect(await toldTo(alert)).toEqual([first, second, first]);
    // The one that was told anew isn't stuck: the next step has to wait for its time.
    await pass(10 * MINUTE - 1);
    expect(await toldTo(alert)).toHaveLength(3);
    await pass(1);
    expect(await toldTo(alert)).toHaveLength(4);
    await refuse();
    await pass(1_000);
    await pass(RETOLD_MS - 1_001);
    expect(await toldTo(alert)).toHaveLength(4);
    await pass(1);
    expect(await toldTo(alert)).toHaveLength(5);
    await pass(10 * MINUTE);
    await db.delivery.updateMany({
      where: { endpointId: second },
      data: { state: "success", nextAttemptAt: null, finishedAt: new Date() },
    });
    await pass(RETOLD_MS);
    expect(await toldTo(alert)).toHaveLength(6);
  });

  it("tries again what waits at an endpoint that was switched off meanwhile", async () => {
    await save(policyOf([[0, first]]));
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    await switchOff(first);
    await pass(1_000);
    expect(await plannedOf(db, alert)).toMatchObject({
      nextNoticeAt: new Date(clock.now().getTime() + RETRY_MS),
    });
    await pass(RETRY_MS);
    expect(await entriesOf(alert)).toMatchObject([{ step: 1 }, { skipped: "off" }]);
  });

  it("goes on where it was when it comes back soon", async () => {
    await save(
      policyOf([
        [0, first],
        [10, second],
      ]),
    );
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    await comeBack(alert, 4 * MINUTE);
    await pass(6 * MINUTE - 1);
    expect(await toldTo(alert)).toEqual([first]);
    await pass(1);
    expect(await toldTo(alert)).toEqual([first, second]);
    await comeBack(alert, 60 * MINUTE);
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([first, second, first]);
  });

  it("tells of what is about nothing of ours, and never who of the house it is about", async () => {
    await save(policyOf([[0, first]]));
    const strange = { kind: "endpoint_failing", subject: "not-an-id" };
    const odd = await openAlert(db, clock.now(), strange);
    const about = { kind: "reveals_unusual", subject: asha, data: { person: "Asha", count: 9 } };
    const alert = await openAlert(db, clock.now(), about);
    await pass(SETTLE_MS);
    expect(await toldTo(odd)).toEqual([first]);
    const [event] = await noticesOf(db, alert);
    expect(event && messageOf(event).data).toMatchObject({ about: null, data: { count: 9 } });
    expect(JSON.stringify(event?.data)).not.toContain("Asha");
  });

  it("goes to nobody else when somebody sends again what came to nothing", async () => {
    const gone = await askFor(db, { name: "Gone", events: [] });
    await save(policyOf([[0, gone]]));
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    await db.endpoint.update({ where: { id: gone }, data: { deletedAt: new Date() } });
    const data = { state: "not_apply", reason: "endpoint_deleted", nextAttemptAt: null } as const;
    await db.delivery.updateMany({
      where: { endpointId: gone },
      data: { ...data, finishedAt: new Date() },
    });
    const ids = (await db.delivery.findMany({ where: { endpointId: gone } })).map(({ id }) => id);
    expect(await db.$transaction((tx) => revive(tx, ids))).toEqual({ done: 0, pending: [] });
    expect(await toldTo(alert)).toEqual([gone]);
  });

  it("goes on at once where a notice doesn't arrive, but not to the next round", async () => {
    await save(
      policyOf(
        [
          [0, first],
          [10, second],
        ],
        { repeatAfterMs: 15 * MINUTE, repeats: 3 },
      ),
    );
    const alert = await openAlert(db, clock.now());
    await pass(SETTLE_MS);
    await pass(1_000);
    expect(await toldTo(alert)).toEqual([first]);
    await db.delivery.updateMany({ where: { endpointId: first }, data: { tries: 2 } });
    await pass(1_000);
    expect(await toldTo(alert)).toEqual([first, second]);
    await db.delivery.updateMany({ where: { endpointId: second }, data: { tries: 2 } });
    await pass(1_000);
    expect(await toldTo(alert)).toEqual([first, second]);
  });

  it("tells of what is mocked only who asks for it", async () => {
    await save(
      policyOf(
        [
          [0, first],
          [10, second],
        ],
        { severityFloor: "info" },
      ),
    );
    const facts = { isMock: true, severity: "info" } as const;
    const nobody = await openAlert(db, clock.now(), facts);
    expect(await plannedOf(db, nobody)).toMatchObject({ policyId: null });
    await db.endpoint.update({ where: { id: second }, data: { includesMock: true } });
    const somebody = await openAlert(db, clock.now(), facts);
    await pass(SETTLE_MS);
    expect(await toldTo(nobody)).toEqual([]);
    expect(await toldTo(somebody)).toEqual([second]);
  });

  it("holds back for the quiet hours, until it is worse", async () => {
    const at = clock.now();
    const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
    const [from, to] = [(minute + 1435) % 1440, (minute + 120) % 1440];
    const quiet = { from, to, timeZone: "UTC", floor: "critical" } as const;
    await save(policyOf([[0, first]], { quiet }));
    const alert = await openAlert(db, at, { severity: "warning" });
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([]);
    await db.$transaction(async (tx) => {
      await tx.alert.update({ where: { id: alert }, data: { severity: "critical" } });
      await planNotices(tx, [alert], clock.now(), "worse");
    });
    await pass(SETTLE_MS);
    expect(await toldTo(alert)).toEqual([first]);
    await db.$transaction((tx) => planNotices(tx, [alert], clock.now(), "worse"));
    expect(await plannedOf(db, alert)).toMatchObject({ nextStep: 1, nextNoticeAt: null });
  });

  it("names what it is about", async () => {
    await save(policyOf([[0, first]]));
    const about = { kind: "endpoint_disabled", subject: second };
    const alert = await openAlert(db, clock.now(), about);
    await pass(SETTLE_MS);
    const [event] = await noticesOf(db, alert);
    expect(event && messageOf(event).data).toMatchObject({ about: "Second" });
  });
});
