import { afterAll, beforeEach, expect, it } from "vitest";
import { RESOLVED_REST_MS } from "#lib/alerts/alert-policy.ts";
import { type AlertsFixture, openAlerts } from "#lib/alerts/alerts.fixture.ts";
import { resolveAlerts } from "#lib/alerts/resolve-alerts.ts";
import { wakeAlerts } from "#lib/alerts/wake-alerts.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ALERT_CHECKS } from "./checks-on-alerts.ts";
import { runDoctor } from "./run-doctor.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
});

const complaints = async (since?: Date) =>
  (await runDoctor(at.core, { checks: ALERT_CHECKS, since })).flatMap(({ id, violations }) =>
    violations.map(({ subject, detail }) => `${id} ${subject} ${detail}`),
  );
const behindItsBack = (...statements: string[]) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    ...statements.map((statement) => db.$executeRawUnsafe(statement)),
  ]);

it("finds nothing wrong with alerts as raising leaves them", async () => {
  const ids = await at.signal("stalled", 4);
  await at.raise();
  await at.signal("stalled", 1);
  await at.openSystem("endpoint_disabled", "someone");
  await at.raise();
  await at.clear(ids.slice(0, 2));
  await at.raise();
  at.clock.advance(120_000);
  expect(await complaints()).toEqual([]);
  expect(await complaints(new Date(at.core.now().getTime() - 3_600_000))).toEqual([]);
});

it("sees a signal that nobody is told of, once it has stood for a minute", async () => {
  const [id] = await at.signal("stalled");
  expect(await complaints()).toEqual([]);
  at.clock.advance(61_000);
  expect(await complaints()).toEqual([
    expect.stringMatching(new RegExp(`^I13 ${id} stalled stands since .* and no alert tells`)),
  ]);
});

it("sees what stands under an alert that a person has resolved long ago, unless it comes back", async () => {
  const [id] = await at.signal("stalled");
  await at.raise();
  await resolveAlerts(at.core, testActor("operator"), {
    ...{ alerts: await at.waiting(), reason: "it is known" },
  });
  at.clock.advance(RESOLVED_REST_MS + 5 * 60_000);
  expect(await complaints()).toEqual([]);
  at.clock.advance(1_000);
  expect(await complaints()).toEqual([
    expect.stringMatching(new RegExp(`^I13 ${id} stalled stands, and alert .* resolved since`)),
  ]);
  await wakeAlerts(at.core);
  expect(await complaints()).toEqual([]);
});

it("sees an alert that ended too soon, miscounts, or was told of too often", async () => {
  await at.signal("stalled");
  await at.raise();
  const [alert] = await at.alerts();
  await behindItsBack(
    `update alerts set state = 'resolved', resolution = 'cleared', resolved_at = now(), standing = 0`,
  );
  expect(await complaints()).toEqual([
    expect.stringContaining(`stalled stands, and alert ${alert?.id} of it is over by itself`),
    expect.stringContaining(`${alert?.id} began 1 times, and was told of as begun 1, as over 0`),
    expect.stringContaining(`I13 ${alert?.id} tells of 0 standing signals, and 1 are its`),
  ]);
});

it("sees a low balance that nobody is told of, and one that is told of and isn't low", async () => {
  const { id: supplierId } = await db.supplier.findFirstOrThrow();
  const lines = { lowAt: "50", okAt: "60", lowSince: at.core.now() };
  await db.balanceLine.create({ data: { supplierId, currency: "USD", ...lines } });
  expect(await complaints()).toEqual([
    expect.stringMatching(/^I14 .* is balance_low since .* and no signal tells of it$/),
  ]);
  await at.openSystem("balance_low");
  await at.openSystem("balance_critical");
  await at.raise();
  expect(await complaints()).toEqual([
    expect.stringMatching(/^I14 .* is told of as balance_critical, and its balance is fine$/),
  ]);
});
