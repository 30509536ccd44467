import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { judgeSignals } from "#lib/orders/judge-signals.ts";
import { createUser, testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { DEFAULT_ALERT_FILTER } from "./alert-filter.ts";
import { GROUP_FROM, REOPEN_WITHIN_MS, RESOLVED_REST_MS } from "./alert-policy.ts";
import { type AlertsFixture, flaws, openAlerts } from "./alerts.fixture.ts";
import { assignAlerts } from "./assign-alerts.ts";
import { clearDealtWith } from "./clear-dealt-with.ts";
import { noteAction } from "./note-action.ts";
import { noteOnAlert } from "./note-on-alert.ts";
import { readAssignees } from "./read-assignees.ts";
import { reopenAlerts } from "./reopen-alerts.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { snoozeAlerts } from "./snooze-alerts.ts";
import { wakeAlerts } from "./wake-alerts.ts";
import { wakeNow } from "./wake-now.ts";

const MINUTE = 60_000;
const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
});

const asha = { ...testActor("operator"), name: "Asha Rao" } as Actor;
const ravi = { ...testActor("operator"), name: "Ravi Nair" } as Actor;
const reason = "the supplier knows of it";

/** Raises what stands; the unresolved alerts as a person sees them. */
async function seen() {
  await at.raise();
  return (await at.waiting()).map(({ id, version, occurrences }) => ({ id, version, occurrences }));
}
/** So many orders that have failed. */
async function many(count: number): Promise<string[]> {
  const [orderId = ""] = await at.signal("order_failed", 1);
  await db.$executeRaw`
    insert into orders select (jsonb_populate_record(o, jsonb_build_object(
      'id', gen_random_uuid(), 'client_ref', 'many ' || n, 'supplier_order_id', 'M-' || n,
      'correlation_id', gen_random_uuid()))).*
    from orders o, generate_series(2, ${count}::int) n where o.id = ${orderId}::uuid`;
  const others = await db.order.findMany({ where: { id: { not: orderId } }, select: { id: true } });
  const ids = others.map(({ id }) => id);
  await at.open("order_failed", ids);
  return [orderId, ...ids];
}
const state = async (id: string) => db.alert.findUniqueOrThrow({ where: { id } });

describe("acknowledging", () => {
  it("holds until its time is over, and then comes back", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    const answer = await acknowledgeAlerts(at.core, asha, {
      ...{ alerts, forMs: 30 * MINUTE, note: "asking them" },
    });
    expect(answer).toEqual({ done: [id], lost: [], more: 0 });
    expect(await state(id)).toMatchObject({ state: "acknowledged", version: 2 });
    at.clock.advance(29 * MINUTE);
    expect(await wakeAlerts(at.core)).toBe("done");
    expect(await state(id)).toMatchObject({ state: "acknowledged" });
    at.clock.advance(MINUTE);
    await wakeAlerts(at.core);
    expect(await state(id)).toMatchObject({ state: "open", acknowledgedUntil: null, version: 3 });
    expect(await at.history(id)).toEqual(["opened", "acknowledged", "lapsed"]);
    const [entry] = await db.alertEntry.findMany({ where: { kind: "acknowledged" } });
    expect(entry).toMatchObject({ actorName: "Asha Rao", note: "asking them" });
    expect(await db.auditEntry.findMany({ where: { objectId: id } })).toMatchObject([
      { action: "alert.acknowledged", actorName: "Asha Rao", reason: "asking them" },
    ]);
  });

  it("comes back once, whatever number of processes look", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    await acknowledgeAlerts(at.core, asha, { alerts, forMs: MINUTE });
    at.clock.advance(MINUTE);
    await Promise.all(Array.from({ length: 8 }, () => wakeAlerts(at.core)));
    expect(await at.waiting()).toMatchObject([{ state: "open", version: 3 }]);
    expect(await at.history(alerts[0]?.id ?? "")).toEqual(["opened", "acknowledged", "lapsed"]);
  });

  it("is lost on one whose trouble is over by then", async () => {
    const ids = await at.signal("stalled");
    const alerts = await seen();
    await at.clear(ids);
    await at.raise();
    expect(await acknowledgeAlerts(at.core, asha, { alerts, forMs: MINUTE })).toMatchObject({
      done: [],
      lost: [{ why: "decided", by: null, state: "resolved" }],
    });
  });

  it.each([0, -1, 1.5, 25 * 60 * MINUTE, Number.NaN])("can't be for %s ms", async (forMs) => {
    await expect(acknowledgeAlerts(at.core, asha, { alerts: [], forMs })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("is not for who only looks", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    await expect(
      acknowledgeAlerts(at.core, testActor("viewer"), { alerts, forMs: MINUTE }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await at.waiting()).toMatchObject([{ state: "open" }]);
  });
});

describe("two people at once", () => {
  it("one wins, and the other is told who it was", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    const answers = await Promise.all([
      acknowledgeAlerts(at.core, asha, { alerts, forMs: 30 * MINUTE }),
      resolveAlerts(at.core, ravi, { alerts, reason }),
    ]);
    const winners = answers.filter(({ done }) => done.length === 1);
    expect(winners).toHaveLength(1);
    const loser = answers.find(({ done }) => done.length === 0);
    const ashaWon = answers[0].done.length === 1;
    expect(loser?.lost).toEqual([
      {
        ...{ id, why: "decided", by: ashaWon ? "Asha Rao" : "Ravi Nair", version: 2 },
        state: ashaWon ? "acknowledged" : "resolved",
      },
    ]);
    expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(1);
  });

  it("the rest of a batch is done all the same", async () => {
    await at.signal("unconfirmed", 3);
    const alerts = await seen();
    await assignAlerts(at.core, ravi, { alerts: alerts.slice(0, 1), assigneeId: null });
    const unknown = { id: "0198e4a0-0000-7000-8000-000000000000", version: 1 };
    const answer = await snoozeAlerts(at.core, asha, {
      ...{ alerts: [...alerts, unknown], forMs: 60 * MINUTE, wakesWorse: true },
    });
    expect(answer.done.sort()).toEqual(alerts.slice(1).map(({ id }) => id));
    expect(answer.lost).toEqual([
      { id: alerts[0]?.id, why: "decided", by: "Ravi Nair", state: "open", version: 2 },
      { id: unknown.id, why: "gone", by: null, state: null, version: null },
    ]);
  });
});

describe("snoozing", () => {
  const group = async (wakesWorse: boolean) => {
    const ids = await at.signal("stalled", 6);
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await snoozeAlerts(at.core, asha, { alerts, forMs: 60 * MINUTE, wakesWorse });
    return { id, ids };
  };

  it("ends with its time", async () => {
    const { id } = await group(true);
    at.clock.advance(60 * MINUTE);
    await wakeAlerts(at.core);
    expect(await state(id)).toMatchObject({ state: "open", snoozedUntil: null });
    expect(await at.history(id)).toEqual(["opened", "snoozed", "woken"]);
  });

  it("ends early when it gets worse", async () => {
    const { id, ids } = await group(true);
    await at.clear(ids.slice(0, 2));
    await at.raise();
    // Fewer than before: no worse.
    expect(await state(id)).toMatchObject({ state: "snoozed", standing: 4 });
    await at.signal("stalled", 1);
    await at.raise();
    // Another order: worse, though fewer stand than when it was snoozed.
    expect(await state(id)).toMatchObject({ state: "open", standing: 5, snoozedOccurrences: null });
    const [woken] = await db.alertEntry.findMany({ where: { kind: "woken" } });
    expect(woken?.data).toEqual({ why: "worse" });
  });

  it("doesn't where nobody wants that", async () => {
    const { id } = await group(false);
    await at.signal("stalled", 20);
    await at.raise();
    await wakeAlerts(at.core);
    expect(await state(id)).toMatchObject({ state: "snoozed", standing: 26 });
  });

  it("is taken back by hand", async () => {
    const { id } = await group(true);
    const { version } = await state(id);
    expect(await wakeNow(at.core, ravi, { alerts: [{ id, version }] })).toMatchObject({
      done: [id],
    });
    expect(await state(id)).toMatchObject({ state: "open" });
  });
});

describe("resolving", () => {
  it("needs a reason, clears what only a person ends, and stays with its alert", async () => {
    const [orderId = ""] = await at.signal("order_failed");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await expect(resolveAlerts(at.core, asha, { alerts, reason: " " })).rejects.toMatchObject({
      code: "invalid",
    });
    expect(await resolveAlerts(at.core, asha, { alerts, reason })).toMatchObject({ done: [id] });
    expect(await state(id)).toMatchObject({
      ...{ state: "resolved", resolution: "person", standing: 0 },
      ...{ resolvedBy: "Asha Rao", resolveReason: reason },
    });
    expect(await db.orderSignal.findFirst({ where: { orderId } })).toMatchObject({
      clearedAt: at.core.now(),
      isSettled: true,
    });
    expect(await db.timelineEntry.findMany({ where: { orderId } })).toMatchObject([
      { kind: "signal_cleared", actor: "Asha Rao" },
    ]);
    expect(await at.told()).toEqual(["alert.opened", "alert.resolved"]);
    expect(await flaws(db)).toEqual([]);
  });

  it("clears what isn't an order's own signal as well", async () => {
    const [orderId = ""] = await at.signal("slow");
    await at.openSystem("handed_out_of_failed_order", orderId);
    await at.raise();
    const alerts = (await at.waiting())
      .filter(({ kind }) => kind === "handed_out_of_failed_order")
      .map(({ id, version, occurrences }) => ({ id, version, occurrences }));
    expect(await resolveAlerts(at.core, asha, { alerts, reason })).toMatchObject({ lost: [] });
    expect(await db.systemSignal.findMany()).toMatchObject([
      { clearedAt: at.core.now(), isSettled: true },
    ]);
    expect(await at.waiting()).toMatchObject([{ kind: "slow", orderId }]);
    expect(await flaws(db)).toEqual([]);
  });

  it("silences what its rule ends, until that begins anew", async () => {
    const ids = await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await resolveAlerts(at.core, asha, { alerts, reason });
    await at.raise();
    expect(await state(id)).toMatchObject({ state: "resolved", standing: 1 });
    await at.clear(ids);
    await at.open("stalled", ids);
    await at.raise();
    expect(await state(id)).toMatchObject({ state: "open", standing: 1, reopened: 1 });
    expect(await at.told()).toEqual(["alert.opened", "alert.resolved", "alert.opened"]);
    expect(await flaws(db)).toEqual([]);
  });

  it("is held against what was seen of it: what came since is looked at first", async () => {
    await at.signal("order_failed", 6);
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await at.signal("order_failed", 1);
    await at.raise();
    expect(await resolveAlerts(at.core, asha, { alerts, reason })).toEqual({
      ...{ done: [], more: 0 },
      lost: [{ id, why: "more", by: null, state: "open", version: 1 }],
    });
    expect(await state(id)).toMatchObject({ state: "open", standing: 7 });
    expect(await db.orderSignal.count({ where: { clearedAt: null } })).toBe(7);
    // Whoever only takes it on takes what comes as well.
    expect(await acknowledgeAlerts(at.core, ravi, { alerts, forMs: MINUTE })).toMatchObject({
      done: [id],
    });
    expect(await resolveAlerts(at.core, asha, { alerts: await seen(), reason })).toMatchObject({
      done: [id],
    });
    expect(await db.orderSignal.count({ where: { clearedAt: null } })).toBe(0);
    expect(await flaws(db)).toEqual([]);
  });

  it("rests for an hour where its rule says on that it stands", async () => {
    const [orderId = ""] = await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await resolveAlerts(at.core, asha, { alerts, reason });
    at.clock.advance(RESOLVED_REST_MS - 1);
    expect(await wakeAlerts(at.core)).toBe("done");
    expect(await state(id)).toMatchObject({ state: "resolved" });
    at.clock.advance(1);
    await Promise.all(Array.from({ length: 8 }, () => wakeAlerts(at.core)));
    expect(await state(id)).toMatchObject({
      ...{ state: "open", standing: 1, reopened: 1, resolvedBy: null, openedAt: at.core.now() },
    });
    expect(await at.history(id)).toEqual(["opened", "resolved", "reopened"]);
    const [entry] = await db.alertEntry.findMany({ where: { kind: "reopened" } });
    expect(entry).toMatchObject({ actorName: null, data: { why: "still_stands", standing: 1 } });
    expect(await at.told()).toEqual(["alert.opened", "alert.resolved", "alert.opened"]);
    await at.clear([orderId]);
    await at.raise();
    expect(await state(id)).toMatchObject({ state: "resolved", resolution: "cleared" });
    expect(await flaws(db)).toEqual([]);
  });

  it("doesn't bring back what is over, nor what only a person ends", async () => {
    const ids = await at.signal("stalled");
    await at.signal("order_failed");
    await resolveAlerts(at.core, asha, { alerts: await seen(), reason });
    await at.clear(ids);
    at.clock.advance(2 * RESOLVED_REST_MS);
    await wakeAlerts(at.core);
    await at.raise();
    expect(await at.waiting()).toEqual([]);
  });

  it("of two groups of the same brings one back with what stands of both", async () => {
    await at.signal("stalled", 5);
    await resolveAlerts(at.core, asha, { alerts: await seen(), reason });
    at.clock.advance(MINUTE);
    await at.signal("stalled", 5);
    const [late] = await seen();
    at.clock.advance(RESOLVED_REST_MS);
    await wakeAlerts(at.core);
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ id: late?.id, standing: 10, isGroup: true }]);
    expect(await flaws(db)).toEqual([]);
  });

  it("of a group of 500 clears them all", async () => {
    await at.signal("order_failed", 500);
    const alerts = await seen();
    expect(alerts).toHaveLength(1);
    await resolveAlerts(at.core, asha, { alerts, reason });
    expect(await db.orderSignal.count({ where: { clearedAt: null } })).toBe(0);
    expect(await flaws(db)).toEqual([]);
  });

  it("of a group of 1,500 counts at once and clears them by and by, but nothing that has come since", async () => {
    await many(1_500);
    const alerts = await seen();
    expect(alerts).toMatchObject([{ occurrences: 1_500 }]);
    await resolveAlerts(at.core, asha, { alerts, reason });
    expect(await at.alerts()).toMatchObject([{ state: "resolved", standing: 0 }]);
    expect(await flaws(db)).toEqual([]);
    // One more while they are being cleared brings it back, and stands.
    const [late = ""] = await at.signal("order_failed", 1);
    await at.raise();
    while ((await clearDealtWith(at.core)) === "again");
    await at.raise();
    expect(await db.orderSignal.findMany({ where: { clearedAt: null } })).toMatchObject([
      { orderId: late },
    ]);
    expect(await at.waiting()).toMatchObject([{ standing: 1 }]);
    expect(await flaws(db)).toEqual([]);
    const lines = await db.timelineEntry.findMany({ where: { kind: "signal_cleared" } });
    expect(lines).toHaveLength(1_500);
    expect(lines.at(-1)).toMatchObject({ data: { signal: "order_failed", reason } });
  });

  it("of a group of 1,500 hides nothing that happens again before it is cleared", async () => {
    const [again = ""] = await many(1_500);
    await resolveAlerts(at.core, asha, { alerts: await seen(), reason });
    const data = { status: "failed", code: "again" };
    expect(
      await judgeSignals(at.core, "order_failed", [again], async () => new Map([[again, data]])),
    ).toEqual({ opened: 1, cleared: 0 });
    while ((await clearDealtWith(at.core)) === "again");
    await at.raise();
    expect(await db.orderSignal.findMany({ where: { clearedAt: null } })).toMatchObject([
      { orderId: again, data, isSettled: false },
    ]);
    expect(await at.waiting()).toMatchObject([{ orderId: again, standing: 1 }]);
    expect(await flaws(db)).toEqual([]);
  });

  it("of a group of 1,500 doesn't bring back what is yet to be cleared", async () => {
    await many(1_500);
    await resolveAlerts(at.core, asha, { alerts: await seen(), reason });
    at.clock.advance(RESOLVED_REST_MS);
    await wakeAlerts(at.core);
    expect(await at.waiting()).toEqual([]);
    // Nor with a group of the same that has come since.
    at.clock.advance(REOPEN_WITHIN_MS);
    await at.signal("order_failed", GROUP_FROM);
    await at.raise();
    await wakeAlerts(at.core);
    while ((await clearDealtWith(at.core)) === "again");
    await at.raise();
    expect(await at.waiting()).toMatchObject([{ standing: GROUP_FROM, occurrences: GROUP_FROM }]);
    expect(await db.orderSignal.count({ where: { clearedAt: null } })).toBe(GROUP_FROM);
    expect(await flaws(db)).toEqual([]);
  });

  it("while eight processes raise and order signals come and go leaves nothing astray", async () => {
    const ids = await at.signal("order_failed", 12);
    const alerts = await seen();
    await Promise.all([
      ...Array.from({ length: 8 }, () => at.raise()),
      at.clear(ids.slice(0, 6)),
      resolveAlerts(at.core, asha, { alerts, reason }),
      at.signal("order_failed", 3).then(() => at.raise()),
    ]);
    await at.raise();
    expect(await flaws(db)).toEqual([]);
  });
});

describe("opening again by hand", () => {
  it("brings it back with its history, once", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await resolveAlerts(at.core, asha, { alerts, reason });
    const input = { alerts: [{ id, version: 2 }], note: "too soon" };
    const answers = await Promise.all([
      reopenAlerts(at.core, asha, input),
      reopenAlerts(at.core, ravi, input),
    ]);
    expect(answers.flatMap(({ done }) => done)).toEqual([id]);
    expect(await state(id)).toMatchObject({ state: "open", reopened: 1, resolvedBy: null });
  });

  it("leaves one alone that has an alert by now, or that a group took in", async () => {
    const ids = await at.signal("stalled", 4);
    const singles = await seen();
    await at.signal("stalled", 1);
    await at.raise();
    const folded = (await at.alerts()).filter(({ resolution }) => resolution === "grouped");
    expect(folded).toHaveLength(4);
    const answer = await reopenAlerts(at.core, asha, {
      alerts: folded.map(({ id, version }) => ({ id, version })),
    });
    expect(answer.done).toEqual([]);
    expect(answer.lost).toHaveLength(4);
    expect([ids.length, singles.length]).toEqual([4, 4]);
  });
});

describe("assigning", () => {
  it("is to somebody who may act, and says so", async () => {
    const user = await createUser(db, { name: "Meera Iyer", role: "operator" });
    const viewer = await createUser(db, { role: "viewer" });
    await createUser(db, { disabledAt: new Date() });
    await at.signal("stalled");
    const alerts = await seen();
    expect(await readAssignees(at.core, asha)).toEqual([{ id: user.id, name: "Meera Iyer" }]);
    await expect(
      assignAlerts(at.core, asha, { alerts, assigneeId: viewer.id }),
    ).rejects.toMatchObject({ code: "not_found" });
    await assignAlerts(at.core, asha, { alerts, assigneeId: user.id });
    expect(await at.waiting()).toMatchObject([
      { assigneeId: user.id, assigneeName: "Meera Iyer", state: "open", version: 2 },
    ]);
  });
});

describe("notes", () => {
  it("are kept, whatever state it is in; pressed buttons too", async () => {
    await at.signal("stalled");
    const alerts = await seen();
    const [{ id } = { id: "" }] = alerts;
    await noteOnAlert(at.core, asha, { id, note: "asked by mail\n#4711" });
    await noteAction(at.core, asha, { id, action: "look_now" });
    await expect(noteAction(at.core, asha, { id, action: "replace" })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(noteOnAlert(at.core, asha, { id, note: " " })).rejects.toMatchObject({
      code: "invalid",
    });
    expect(await at.history(id)).toEqual(["opened", "noted", "acted"]);
    // Nobody who looks at it is too late for that.
    expect(await acknowledgeAlerts(at.core, ravi, { alerts, forMs: MINUTE })).toMatchObject({
      done: [id],
    });
  });
});

describe("all that match", () => {
  it("are decided upon up to what the person saw, and no more than 1,000", async () => {
    await at.signal("unconfirmed", 3);
    await at.signal("payment_expiring", 1);
    await at.raise();
    const upTo = at.core.now().toISOString();
    at.clock.advance(1_000);
    await at.signal("unconfirmed", 1);
    await at.raise();
    const matching = { ...DEFAULT_ALERT_FILTER, kinds: ["unconfirmed" as const] };
    const answer = await resolveAlerts(at.core, asha, { matching, upTo, reason });
    expect(answer).toMatchObject({ lost: [], more: 0 });
    expect(answer.done).toHaveLength(3);
    expect(await at.waiting()).toHaveLength(2);
    expect(await resolveAlerts(at.core, asha, { matching, upTo, reason })).toEqual({
      ...{ done: [], lost: [], more: 0 },
    });
  });

  it("aren't resolved where more has come since, however old that is", async () => {
    await at.signal("order_failed", 6);
    await at.signal("partial", 1);
    await at.raise();
    const upTo = at.core.now().toISOString();
    await at.signal("order_failed", 1);
    at.clock.advance(1_000);
    await at.raise();
    const answer = await resolveAlerts(at.core, asha, {
      ...{ matching: DEFAULT_ALERT_FILTER, upTo, reason },
    });
    const [group] = await at.waiting();
    expect(group).toMatchObject({ kind: "order_failed", standing: 7 });
    expect(answer).toMatchObject({ lost: [{ id: group?.id, why: "more" }], more: 0 });
    expect(answer.done).toHaveLength(1);
  });
});
