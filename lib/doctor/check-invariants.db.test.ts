import { expect, it } from "vitest";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { CHECK_EVERY_MS, checkInvariants } from "./check-invariants.ts";
import { keepOneDatabase, openSoundDatabase } from "./doctor.fixture.ts";

keepOneDatabase();

const DAY_MS = 24 * 60 * 60_000;

async function open() {
  const sound = await openSoundDatabase();
  const lines: string[] = [];
  const note = (_: unknown, message: string) => lines.push(message);
  const log = Object.assign(Object.create(sound.core.log), { error: note, info: note });
  const core = { ...sound.core, log };
  return {
    ...sound,
    core,
    lines,
    check: () => checkInvariants(core),
    /** As time goes by, and people are told of what is found. */
    async later(ms = CHECK_EVERY_MS) {
      await raiseAlerts(core);
      sound.clock.advance(ms);
      return checkInvariants(core);
    },
    openSignals: () =>
      sound.db.systemSignal.findMany({
        where: { clearedAt: null },
        select: { key: true, subject: true, data: true },
      }),
  };
}

it("looks every five minutes, whoever asks and however many", async () => {
  const { core, check, clock, later } = await open();
  const looked = await Promise.all(Array.from({ length: 8 }, () => checkInvariants(core)));
  expect(looked.filter((results) => results !== null)).toHaveLength(1);
  clock.advance(CHECK_EVERY_MS - 1);
  expect(await check()).toBeNull();
  expect(await later(1)).not.toBeNull();
  expect(await check()).toBeNull();
});

it("leaves one row each of when it looked, and no signal for people", async () => {
  const { db, check, later, openSignals } = await open();
  await check();
  await later();
  await later(DAY_MS);
  expect(await db.systemSignal.count({ where: { key: "doctor_ran" } })).toBe(2);
  expect(await openSignals()).toEqual([]);
});

it("opens a signal for what is violated, says so once, and clears it when it is over", async () => {
  const { db, break: breakIt, completed, check, later, lines, openSignals } = await open();
  await check();
  await breakIt(`update order_attempts set outcome = 'refused' where order_id = '${completed.id}'`);
  await later();
  const signal = { key: "invariant_violated", subject: "I3", data: { count: 1 } };
  expect(await openSignals()).toEqual([signal]);
  await later();
  expect(await openSignals()).toEqual([signal]);
  expect(lines).toEqual([expect.stringContaining("an invariant does not hold: Nothing is sent")]);
  await breakIt(
    `update order_attempts set outcome = 'accepted' where order_id = '${completed.id}'`,
  );
  await later();
  expect(await openSignals()).toEqual([]);
  expect(lines).toHaveLength(2);
  expect(await db.systemSignal.count({ where: { key: "invariant_violated" } })).toBe(1);
});

it("looks at all orders once a day, and doesn't forget what is wrong with an old one", async () => {
  const { break: breakIt, check, later, soundOrder, openSignals } = await open();
  const old = await soundOrder({
    id: "00000000-0000-7000-8000-000000000001",
    createdAgo: 10 * 24 * 60,
  });
  await check();
  await breakIt(`delete from order_attempts where order_id = '${old.id}'`);
  await later();
  expect(await openSignals()).toEqual([]);
  await later(DAY_MS);
  expect(await openSignals()).toMatchObject([{ subject: "I3" }]);
  await later();
  await later();
  expect(await openSignals()).toMatchObject([{ subject: "I3" }]);
});
