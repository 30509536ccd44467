import { afterAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type AlertsFixture, openAlerts, withPoison } from "./alerts.fixture.ts";
import { openAlert } from "./policies/policies.fixture.ts";
import { readAlertingHealth } from "./read-alerting-health.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
  await db.ruleRun.deleteMany();
});
const health = () => readAlertingHealth(at.core);

it("is well where nothing is late", async () => {
  expect(await health()).toEqual({ kind: "ok" });
  await at.signal("stalled");
  await db.ruleRun.create({ data: { rule: "stalled", at: at.clock.now() } });
  expect(await health()).toEqual({ kind: "ok" });
});

it("says since when a signal is told by no alert, though raising itself fails", async () => {
  const since = at.clock.now().toISOString();
  const [orderId] = await at.signal("stalled", 2);
  await db.orderSignal.updateMany({
    where: { orderId: orderId ?? "" },
    data: { data: { poison: "yes" } },
  });
  await withPoison(db, async () => {
    await at.raise();
    at.clock.advance(61_000);
    await at.raise();
    expect(await health()).toEqual({ kind: "not_raised", count: 1, since });
  });
  await at.raise();
  expect(await health()).toEqual({ kind: "ok" });
});

it("names rules that fail, until they succeed, and those that nobody judges", async () => {
  const run = (rule: string, ms: number, error: string | null = null) =>
    db.ruleRun.create({ data: { rule, at: new Date(at.clock.now().getTime() - ms), error } });
  await run("stalled", 0, "no");
  await run("slow", 120_000);
  await run("accounts", 5_000);
  await run("a rule of an older version", 3_600_000, "no");
  expect(await health()).toEqual({ kind: "not_judged", rules: ["stalled", "slow"] });
  await db.ruleRun.updateMany({ data: { at: at.clock.now(), error: null } });
  expect(await health()).toEqual({ kind: "ok" });
});

it("says since when somebody should have been told", async () => {
  const id = await openAlert(db, at.clock.now());
  const since = at.clock.now();
  const facts = { id, name: "Nights", place: 1, kinds: [], severityFloor: "info" as const };
  await db.escalationPolicy.create({ data: { ...facts, createdAt: since, updatedAt: since } });
  await db.alert.update({ where: { id }, data: { nextNoticeAt: since, policyId: id } });
  at.clock.advance(119_000);
  expect(await health()).toEqual({ kind: "ok" });
  at.clock.advance(2_000);
  expect(await health()).toEqual({ kind: "not_told", count: 1, since: since.toISOString() });
});
