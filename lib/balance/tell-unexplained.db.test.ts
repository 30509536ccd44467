import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { acknowledgeAlerts } from "#lib/alerts/acknowledge-alerts.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { resolveAlerts } from "#lib/alerts/resolve-alerts.ts";
import { snoozeAlerts } from "#lib/alerts/snooze-alerts.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acceptRemainder } from "./accept-remainder.ts";
import { explainBalances } from "./explain-balances.ts";
import { recordTopUp } from "./record-top-up.ts";
import { sampleBalance } from "./sample-balance.ts";
import { fromUnits, toUnits } from "./units.ts";
import { voidTopUp } from "./void-top-up.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const HOUR = 3_600_000;
const clock = testClock();
let held = 0n;
const supplier = scriptedSupplier({
  getBalances: async () => ({
    kind: "accepted",
    value: [{ currency: "USD", available: fromUnits(held), reserved: "0", pending: "0" }],
  }),
});
const ctx = await testContext(db, supplier, clock);
const UNASKED = { address: null, correlationId: null };
const asha = testActor("operator");

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    ...[
      ...["balance_moves", "balance_steps", "top_ups", "balance_samples", "alert_entries"],
      ...["deliveries", "events", "system_signals", "alerts"],
    ].map((table) => db.$executeRawUnsafe(`delete from ${table}`)),
  ]);
  held = toUnits("1000");
  await sample();
});

async function sample() {
  clock.advance(15_000);
  await sampleBalance(ctx, ctx.account, "refresh");
  await explainBalances(ctx);
}
/** Money that goes, and two samples, after which it is told of. */
async function phantom(amount: string) {
  clock.advance(60_000);
  held -= toUnits(amount);
  await sample();
  await sample();
  await raiseAlerts(ctx);
}
const alert = () => db.alert.findFirstOrThrow({ where: { kind: "balance_unexplained" } });
const seen = async () => {
  const { id, version, occurrences } = await alert();
  return { alerts: [{ id, version, occurrences }] };
};
const states = async () =>
  (await db.balanceStep.findMany({ orderBy: { toAt: "asc" } })).map(
    ({ state, remainder }) => `${state} ${remainder.toFixed()}`,
  );
const topUp = (core = ctx) =>
  recordTopUp(
    core,
    asha,
    {
      ...{ supplierId: ctx.account.id, currency: "USD", amount: "-5" },
      ...{ at: clock.now().toISOString(), note: null },
    },
    UNASKED,
  );

describe("a second change that nothing explains", () => {
  const decisions = {
    acknowledged: async () => acknowledgeAlerts(ctx, asha, { ...(await seen()), forMs: 24 * HOUR }),
    snoozed: async () =>
      snoozeAlerts(ctx, asha, { ...(await seen()), forMs: 24 * HOUR, wakesWorse: true }),
    resolved: async () => resolveAlerts(ctx, asha, { ...(await seen()), reason: "Known to us" }),
  };
  for (const [state, decide] of Object.entries(decisions)) {
    it(`is heard of though the alert of the first is ${state}`, async () => {
      await phantom("12.34");
      const before = await alert();
      expect(before).toMatchObject({ state: "open", data: { remainder: "-12.34", steps: 1 } });
      expect((await decide()).done).toEqual([before.id]);
      await sample();
      await raiseAlerts(ctx);
      expect(await alert()).toMatchObject({ state, occurrences: 1 });
      await phantom("5");
      expect(await alert()).toMatchObject({
        ...{ id: before.id, state: "open", occurrences: 2, standing: 1 },
        reopened: state === "resolved" ? 1 : 0,
        data: { currency: "USD", remainder: "-5", steps: 2, unattributed: 0 },
      });
      expect(await db.alert.count()).toBe(1);
    });
  }

  it("is over with the last of them, and the first being accepted tells nobody again", async () => {
    await phantom("12.34");
    await phantom("5");
    const steps = await db.balanceStep.findMany({ orderBy: { toAt: "asc" } });
    for (const [index, { sampleId: stepId, remainder }] of steps.entries()) {
      const reason = "Bought on their site";
      await acceptRemainder(ctx, asha, { stepId, remainder: remainder.toFixed(), reason }, UNASKED);
      await raiseAlerts(ctx);
      const state = index === 0 ? "open" : "resolved";
      expect(await alert()).toMatchObject({ state, occurrences: 2 });
    }
  });
});

describe("explaining, when something comes between", () => {
  /** Before the so-manieth transaction from now on, once. */
  function disturbed(nth: number, act: () => Promise<unknown>): typeof ctx {
    let left = nth;
    const watched = new Proxy(db, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (name !== "$transaction" || typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          left -= 1;
          if (left === 0) await act();
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
    return { ...ctx, db: watched as Db };
  }

  it("writes nothing that was found on other grounds", async () => {
    held -= toUnits("5");
    await sample();
    clock.advance(15_000);
    await sampleBalance(ctx, ctx.account, "refresh");
    await explainBalances(disturbed(2, () => topUp()));
    expect(await states()).toEqual(["explained 0"]);
    expect(await db.balanceMove.count({ where: { stepId: { not: null } } })).toBe(1);
  });

  it("records and voids a top-up though nothing can be explained just then", async () => {
    await phantom("5");
    const fails = () => Promise.reject(new Error("no connection"));
    const quiet = { log: createLog("fatal", []) };
    const id = await topUp({ ...disturbed(2, fails), ...quiet });
    expect(await states()).toEqual(["unexplained -5"]);
    await explainBalances(ctx);
    expect(await states()).toEqual(["explained 0"]);
    await voidTopUp(
      { ...disturbed(2, fails), ...quiet },
      asha,
      { id, reason: "Typed twice" },
      UNASKED,
    );
    expect(await states()).toEqual(["open -5"]);
    await explainBalances(ctx);
    expect(await states()).toEqual(["unexplained -5"]);
  });

  it("goes on with the next account when one fails, and says which", async () => {
    held -= toUnits("5");
    clock.advance(15_000);
    await sampleBalance(ctx, ctx.account, "refresh");
    const lines: string[] = [];
    const broken = { ...ctx.account, id: "not an id", slug: "broken" };
    const suppliers = { ...ctx.suppliers, all: () => [broken, ctx.account] };
    await explainBalances({ ...ctx, suppliers, log: createLog("error", [], (l) => lines.push(l)) });
    expect(await states()).toEqual(["open -5"]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"supplier":"broken"');
  });
});

it("tells of what it gave up searching for", async () => {
  const refunds = Array.from({ length: 400 }, (_, n) => ({
    ...{ id: ctx.newId(), supplierId: ctx.account.id, currency: "USD", kind: "foreign_refund" },
    ...{ supplierOrderId: `gone ${n}`, amount: fromUnits(BigInt(10_000 + n * 9_973)) },
    ...{ earliestAt: new Date(clock.now().getTime() - HOUR), createdAt: clock.now() },
    latestAt: new Date(clock.now().getTime() - HOUR / 2),
  }));
  await db.balanceMove.createMany({ data: refunds });
  for (let n = 1; n <= 12; n += 1) {
    clock.advance(60_000);
    held -= toUnits("10.0007");
    await sample();
  }
  await sample();
  expect(new Set(await states())).toEqual(new Set(["unexplained -10.0007"]));
  await raiseAlerts(ctx);
  expect(await alert()).toMatchObject({ state: "open", data: { steps: 12 } });
});
