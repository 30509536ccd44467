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
  one = world.process();
  other = world.process();
});

const view = async () => (await readBudgets(world.core))[0];
const wasMade = ({ kind }: { kind: string }): boolean => kind !== "not_called";

async function fail(times: number, by = one): Promise<void> {
  for (let count = 0; count < times; count++) await by.call("poll", DEAD, { prepaid: true });
}

/** Open, and that for `seconds` more. */
async function expectOpen(seconds: number): Promise<void> {
  const { openUntil, breaker } = (await view()) ?? {};
  expect(breaker).toBe("open");
  expect((Date.parse(openUntil ?? "") - world.now()) / 1_000).toBeCloseTo(seconds, 1);
}

/** A call that answers when it is told to. */
function slowCall(by: Ours, order = {}) {
  let answer: (outcome: typeof OK) => void = () => undefined;
  let isMade = false;
  const ended = by.call(
    "poll",
    () => {
      isMade = true;
      return new Promise((go) => {
        answer = go;
      });
    },
    order,
  );
  return { ended, isMade: () => isMade, answer: (outcome: typeof OK) => answer(outcome) };
}

describe("a breaker", () => {
  it("opens for everybody after five failures in a row, in whatever processes", async () => {
    await fail(2, one);
    await fail(2, other);
    expect(await view()).toMatchObject({ breaker: "closed", failures: 4 });
    expect(await one.call("poll")).toEqual(OK);
    expect(await view()).toMatchObject({ breaker: "closed", failures: 0 });
    await fail(3, one);
    await fail(2, other);
    await expectOpen(5);
    await world.advance(50);
    for (const { call, suppliers } of [one, other]) {
      expect(await call("purchase")).toMatchObject({ kind: "not_called", why: "silence" });
      expect(await call("poll", OK, { prepaid: true })).toMatchObject({ kind: "not_called" });
      expect(await suppliers.silentForMs(world.core, world.account)).toBe(4_950);
    }
  });

  it("counts what says that the account doesn't work, and no answer of a working one", async () => {
    const failures = [
      DEAD,
      { kind: "unknown", reason: "HTTP 502", httpStatus: 502 },
      refused({ class: "transient", httpStatus: null }),
      refused({ class: "transient", httpStatus: 503 }),
    ] as (typeof OK)[];
    for (const [index, outcome] of failures.entries()) {
      await one.call("poll", outcome);
      expect((await world.budget()).failures).toBe(index + 1);
    }
    await one.call("poll", OK);
    const answers = [
      refused({ class: "out_of_stock" }),
      refused({ class: "auth", httpStatus: 401 }),
      refused({ class: "not_found", httpStatus: 404 }),
      { kind: "unknown", reason: "not understood", httpStatus: 200 },
      told(1),
    ] as (typeof OK)[];
    for (const outcome of answers) {
      await one.call("poll", DEAD);
      await one.call("poll", outcome);
      expect(await world.budget()).toMatchObject({ failures: 0, openUntil: null });
    }
  });

  it("counts many that fail together once", async () => {
    const calls = Array.from({ length: 7 }, () => slowCall(one));
    await expect.poll(() => calls.every(({ isMade }) => isMade()), { interval: 1 }).toBe(true);
    for (const { answer } of calls) answer(DEAD);
    await Promise.all(calls.map(({ ended }) => ended));
    expect((await world.budget()).trips).toBe(1);
    await expectOpen(5);
  });

  it.each([
    ["who have paid with a claim made now", true, true],
    ["who had paid before it opened", true, false],
    ["who pay with the call", false, false],
  ])("lets one through when its time is over, of many %s", async (_, prepaid, isClaimed) => {
    await fail(5);
    await world.advance(5_000);
    if (isClaimed) {
      // A claim has taken it.
      await world.db.$queryRaw`select * from take_calls(${world.account.id}::uuid, 'poll', 20)`;
    }
    const calls = [one, other, one, other, one, other].map((by) => slowCall(by, { prepaid }));
    const late = await Promise.all(
      calls.map(async (call) => (await Promise.race([call.ended, untilMade(call)])) ?? null),
    );
    expect(calls.filter(({ isMade }) => isMade())).toHaveLength(1);
    expect(late.filter((outcome) => outcome !== null && !wasMade(outcome))).toHaveLength(5);
    expect(await view()).toMatchObject({ breaker: "half_open" });
    await world.advance(100);
    expect(await one.call("purchase")).toMatchObject({ kind: "not_called" });

    for (const { answer } of calls) answer(OK);
    await Promise.all(calls.map(({ ended }) => ended));
    expect(await world.budget()).toMatchObject({
      failures: 0,
      trips: 0,
      openUntil: null,
      trial: null,
    });
    await world.advance(50);
    expect(await one.call("poll", OK, { prepaid: true })).toEqual(OK);
    expect(await other.call("purchase")).toEqual(OK);
  });

  it("opens for twice as long each time that its trial fails, two minutes at the most", async () => {
    await fail(5);
    for (const seconds of [5, 10, 20, 40, 80, 120, 120]) {
      await expectOpen(seconds);
      await world.advance(seconds * 1_000 - 50);
      expect(await other.call("poll")).toMatchObject({ kind: "not_called" });
      await world.advance(50);
      expect(await one.call("poll", DEAD)).toEqual(DEAD);
    }
    await world.advance(120_000);
    expect(await other.call("poll")).toEqual(OK);
    await fail(5);
    await expectOpen(5);
  });

  it("tries again when the process died that was to try", async () => {
    await fail(5);
    await world.advance(5_000);
    const lost = slowCall(one);
    await expect.poll(lost.isMade, { interval: 1 }).toBe(true);
    await world.advance(34_000);
    expect(await other.call("poll")).toMatchObject({ kind: "not_called" });
    await world.advance(1_000);
    expect(await other.call("poll")).toEqual(OK);
    expect(await view()).toMatchObject({ breaker: "closed" });
    lost.answer(OK);
    await lost.ended;
  });

  it("tries again at once when its trial was not made after all", async () => {
    await fail(5);
    await world.advance(5_000);
    const order = { kind: "write", slice: "purchase", what: "pay" } as const;
    const { suppliers } = one;
    const made = suppliers.call(
      world.core,
      world.account,
      order,
      async () => OK,
      async () => false,
    );
    expect(await made).toMatchObject({ kind: "not_called", why: "permit" });
    await world.db.$queryRaw`select * from take_calls(${world.account.id}::uuid, 'poll', 3)`;
    await suppliers.giveBack(world.core, world.account, "poll", 1);
    expect(await other.call("poll")).toEqual(OK);
  });

  it("stays open where a call ends well that had begun before", async () => {
    const early = slowCall(one);
    await expect.poll(early.isMade, { interval: 1 }).toBe(true);
    await fail(5, other);
    early.answer(OK);
    await early.ended;
    await expectOpen(5);
  });

  it("doesn't shorten a silence that the supplier asked for", async () => {
    await fail(5);
    await world.db.supplier.updateMany({ data: { blockedUntil: new Date(world.now() + 60_000) } });
    await world.advance(30_000);
    expect(await one.call("poll")).toMatchObject({ kind: "not_called", silentMs: 30_000 });
  });
});

function untilMade(call: { isMade(): boolean }): Promise<null> {
  return expect
    .poll(call.isMade, { interval: 1, timeout: 15_000 })
    .toBe(true)
    .then(
      () => null,
      () => null,
    );
}
