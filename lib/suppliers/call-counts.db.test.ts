import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  DEAD,
  OK,
  type Ours,
  openProcesses,
  type Processes,
  refused,
  told,
} from "./processes.fixture.ts";
import { readBudgets } from "./read-budget.ts";

const world: Processes = await openProcesses();
afterAll(world.close);

let one: Ours;
let other: Ours;
beforeEach(async () => {
  await world.reset(60_000);
  // The start of a minute.
  await world.advance(60_000 - (world.now() % 60_000));
  one = world.process();
  other = world.process();
});

const flush = async () => {
  for (const { suppliers } of [one, other]) await suppliers.flushCounts(world.core);
};
const tallies = async () => (await readBudgets(world.core))[0]?.calls ?? [];

describe("counts of calls", () => {
  it("add up across processes, by what was asked and what came of it", async () => {
    const outcomes = [OK, OK, refused({}), DEAD, refused({ class: "transient", httpStatus: null })];
    for (const outcome of outcomes) {
      await one.call("poll", outcome, { what: "look" });
      await other.call("poll", outcome, { what: "look" });
    }
    await other.call("purchase", OK, { what: "balances" });
    await one.call("poll", told(1), { what: "look" });
    one.suppliers.noteUseful(world.account, "look", 2);
    other.suppliers.noteUseful(world.account, "look", 1);
    other.suppliers.noteUseful(world.account, "sweep", 1);
    await flush();
    await flush();
    await world.advance(60_000);
    const of = (what: string, outcome: string, calls: number, useful = 0) => ({
      what,
      outcome,
      lastMinute: calls,
      lastHour: calls,
      usefulLastHour: useful,
    });
    expect(await tallies()).toEqual([
      of("balances", "accepted", 1),
      of("look", "accepted", 4, 3),
      of("look", "failed", 4),
      of("look", "limited", 1),
      of("look", "refused", 2),
    ]);
  });

  it("leave out calls that were not made", async () => {
    await one.call("poll", told(60));
    await one.call("poll");
    await flush();
    expect(await tallies()).toMatchObject([{ outcome: "limited", lastHour: 1 }]);
  });

  it("of the last minute and the last hour are told apart", async () => {
    for (let minute = 0; minute < 70; minute++) {
      await one.call("refresh", OK, { what: "products" });
      await world.advance(60_000);
    }
    await flush();
    expect(await tallies()).toMatchObject([{ what: "products", lastMinute: 1, lastHour: 60 }]);
  });

  it("of minutes two days old are dropped", async () => {
    await one.call("poll");
    await flush();
    await world.advance(47 * 60 * 60_000);
    await one.call("poll");
    await flush();
    expect(await world.db.callCount.count()).toBe(2);
    await world.advance(60 * 60_000 + 60_000);
    await flush();
    expect(await world.db.callCount.count()).toBe(1);
  });

  it("are written by calls too, where nobody else does, and at the end", async () => {
    await one.call("poll");
    await world.advance(10_000);
    await one.call("poll");
    expect(await world.db.callCount.count()).toBe(0);
    await world.advance(5_000);
    await one.call("poll");
    expect(await world.db.callCount.findMany()).toMatchObject([{ calls: 3 }]);
    await one.call("poll");
    await one.suppliers.close();
    expect(await world.db.callCount.findMany()).toMatchObject([{ calls: 4 }]);
  });

  it("that can't be written wait for the next time", async () => {
    await one.call("poll");
    const away = { ...world.core, db: { $executeRaw: () => Promise.reject(new Error("away")) } };
    await expect(one.suppliers.flushCounts(away as never)).rejects.toThrow("away");
    await one.call("poll");
    await flush();
    expect(await world.db.callCount.findMany()).toMatchObject([{ calls: 2 }]);
  });
});
