import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { type AlertsFixture, openAlerts } from "./alerts.fixture.ts";
import { wakeAlerts } from "./wake-alerts.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const MINUTE = 60_000;
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
});

async function taken(forMs: number): Promise<string> {
  await at.openSystem("supplier_slow");
  await at.raise();
  const [alert] = await at.waiting();
  if (!alert) throw new Error("There is no alert.");
  const { id, version, occurrences } = alert;
  const input = { alerts: [{ id, version, occurrences }], forMs };
  await acknowledgeAlerts(at.core, testActor("operator"), input);
  return id;
}
async function flap(awayMs: number): Promise<void> {
  await at.clearSystem("supplier_slow");
  await at.raise();
  at.clock.advance(awayMs);
  await at.openSystem("supplier_slow");
  await at.raise();
}

describe("an alert that comes and goes", () => {
  it("stays with whoever took it, for as long as he said", async () => {
    const id = await taken(30 * MINUTE);
    await flap(10 * MINUTE);
    expect(await at.waiting()).toMatchObject([
      { id, state: "acknowledged", reopened: 1, nextNoticeAt: null },
    ]);
    at.clock.advance(20 * MINUTE);
    await wakeAlerts(at.core);
    expect(await at.waiting()).toMatchObject([{ id, state: "open", acknowledgedUntil: null }]);
    await flap(MINUTE);
    expect(await at.waiting()).toMatchObject([{ id, state: "open" }]);
  });

  it("is everybody's again once that is over", async () => {
    const id = await taken(30 * MINUTE);
    await flap(31 * MINUTE);
    expect(await at.waiting()).toMatchObject([{ id, state: "open" }]);
  });

  it("is everybody's again after a long while", async () => {
    const id = await taken(240 * MINUTE);
    await flap(61 * MINUTE);
    expect(await at.waiting()).toMatchObject([{ id, state: "open" }]);
  });
});
