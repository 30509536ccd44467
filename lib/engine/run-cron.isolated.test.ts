import { beforeEach, expect, it, vi } from "vitest";
import { clearDealtWith } from "#lib/alerts/clear-dealt-with.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { sendNotices } from "#lib/alerts/send-notices.ts";
import { wakeAlerts } from "#lib/alerts/wake-alerts.ts";
import { createLog } from "#lib/platform/log.ts";
import { runCron } from "./run-cron.ts";
import type { EngineContext } from "./run-engine.ts";

vi.mock("./run-engine.ts", () => ({ runEngine: async () => 3 }));
vi.mock("#lib/alerts/clear-dealt-with.ts", () => ({ clearDealtWith: vi.fn() }));
vi.mock("#lib/alerts/raise-alerts.ts", () => ({ raiseAlerts: vi.fn() }));
vi.mock("#lib/alerts/send-notices.ts", () => ({ sendNotices: vi.fn() }));
vi.mock("#lib/alerts/wake-alerts.ts", () => ({ wakeAlerts: vi.fn() }));

const ctx = { now: () => new Date(), log: createLog("silent", []) } as unknown as EngineContext;
let did: string[];

beforeEach(() => {
  did = [];
  vi.mocked(raiseAlerts).mockImplementation(async () => (did.push("raise") < 2 ? "again" : "done"));
  vi.mocked(wakeAlerts).mockImplementation(async () => (did.push("wake") ? "done" : "again"));
  vi.mocked(sendNotices).mockImplementation(async () => (did.push("send") ? "done" : "again"));
  vi.mocked(clearDealtWith).mockImplementation(async () => (did.push("clear") ? "again" : "done"));
});

it("tells of all that the run found before it clears, once, what may wait for others", async () => {
  expect(await runCron(ctx, 1_000)).toEqual({ worked: 3 });
  expect(did).toEqual(["raise", "raise", "wake", "send", "clear"]);
});

it("ends well when nothing can be cleared", async () => {
  vi.mocked(clearDealtWith).mockRejectedValue(new Error("canceling statement"));
  expect(await runCron(ctx, 1_000)).toEqual({ worked: 3 });
  expect(did).toEqual(["raise", "raise", "wake", "send"]);
});

it("clears also when nobody can be told", async () => {
  vi.mocked(wakeAlerts).mockRejectedValue(new Error("canceling statement"));
  expect(await runCron(ctx, 1_000)).toEqual({ worked: 3 });
  expect(did).toEqual(["raise", "raise", "clear"]);
});
