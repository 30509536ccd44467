import { afterAll, beforeEach, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { GROUP_FROM } from "./alert-policy.ts";
import { type AlertsFixture, openAlerts } from "./alerts.fixture.ts";
import { readAlertNews } from "./read-alert-news.ts";
import type { AlertSeverity } from "./types.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
beforeEach(async () => {
  at = await openAlerts(db);
});

const person = testActor("operator");
const news = async (since: Date, from: AlertSeverity = "info", limit = 5) =>
  (await readAlertNews(at.core, person, { since, from, limit })).map(({ alert }) => alert.kind);

it("is the worst first, and only what is as severe as the device wants", async () => {
  const since = at.clock.now();
  at.clock.advance(1_000);
  await at.signal("unconfirmed");
  await at.raise();
  at.clock.advance(1_000);
  await at.signal("slow", 4);
  await at.signal("codes_short");
  await at.signal("order_failed", 1, { isMock: true });
  await at.raise();
  expect(await news(since, "info", 3)).toEqual(["unconfirmed", "codes_short", "slow"]);
  expect(await news(since, "critical")).toEqual(["unconfirmed"]);
  expect(await news(at.clock.now())).toEqual([]);
});

it("is also what more has come to, until somebody has taken it", async () => {
  await at.signal("stalled", GROUP_FROM);
  await at.raise();
  const since = at.clock.now();
  at.clock.advance(60_000);
  expect(await news(since)).toEqual([]);
  await at.signal("stalled");
  await at.raise();
  expect(await news(since)).toEqual(["stalled"]);
  const [alert] = await at.waiting();
  await acknowledgeAlerts(at.core, person, {
    alerts: [{ id: alert?.id ?? "", version: alert?.version ?? 0 }],
    forMs: 30 * 60_000,
  });
  expect(await news(since)).toEqual([]);
});

it("is for who may see alerts", async () => {
  const asked = { since: at.clock.now(), from: "info", limit: 5 } as const;
  expect(await readAlertNews(at.core, testActor("viewer"), asked)).toEqual([]);
});
