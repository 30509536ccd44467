import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { takeCalls } from "./call-budget.ts";
import { configureBudget } from "./configure-budget.ts";
import {
  mostInAMinute,
  OK,
  type Ours,
  openProcesses,
  type Processes,
  told,
} from "./processes.fixture.ts";
import type { Slice } from "./slices.ts";

const world: Processes = await openProcesses();
afterAll(world.close);

let processes: [Ours, Ours];
beforeEach(async () => {
  await world.reset(100);
  processes = [world.process(), world.process()];
});

const take = async (slice: Slice, count: number): Promise<number> =>
  (await takeCalls(world.db, world.account.id, [[slice, count]])).taken.get(slice)?.granted ?? -1;
const wasMade = ({ kind }: { kind: string }): boolean => kind !== "not_called";

/** Takes all it can get for so long; answers when it got what. */
async function takeAll(slice: Slice, minutes: number, everyMs: number): Promise<number[]> {
  const got: number[] = [];
  for (let passed = 0; passed < minutes * 60_000; passed += everyMs) {
    const granted = await take(slice, 10_000);
    got.push(...Array.from({ length: granted }, () => world.now()));
    await world.advance(everyMs);
  }
  return got;
}

describe("the rate", () => {
  it("is never exceeded in any minute, however many ask in however many processes", async () => {
    const made: number[] = [];
    const slices: Slice[] = ["poll", "poll", "poll", "purchase", "reconcile", "refresh"];
    for (let step = 0; step < 500; step++) {
      const asked = processes.flatMap(({ call }) => slices.map((slice) => call(slice)));
      for (const outcome of await Promise.all(asked)) if (wasMade(outcome)) made.push(world.now());
      await world.advance(370);
    }
    expect(mostInAMinute(made)).toBeLessThanOrEqual(100);
    expect(made.length / (500 * 0.37)).toBeGreaterThan(90 / 60);
  });

  it.each([
    [6, 3],
    [20, 13],
    [100, 91],
    [600, 570],
    [60_000, 57_000],
  ])(
    "of %i a minute gives at least %i to polling alone, and never more than it is",
    async (rate, atLeast) => {
      await world.reset(rate);
      // Idle for a while: what was not used is no credit.
      await world.advance(10 * 60_000);
      const made = await takeAll("poll", 4, rate > 1_000 ? 250 : 700);
      expect(mostInAMinute(made)).toBeLessThanOrEqual(rate);
      expect(made.length / 4).toBeGreaterThanOrEqual(atLeast);
    },
  );

  it("is used to 95 % by whatever slice is the only one that asks", async () => {
    for (const slice of ["purchase", "reconcile", "poll", "refresh"] as const) {
      await world.reset(600);
      const made = await takeAll(slice, 2, 400);
      expect(made.length / 2).toBeGreaterThanOrEqual(0.95 * 600);
    }
  });

  it("counts a clock that goes back as one that stands", async () => {
    await takeAll("poll", 1, 500);
    await world.advance(-30_000);
    expect(await take("poll", 100)).toBe(0);
    await world.advance(30_000);
    expect(await take("poll", 100)).toBeLessThanOrEqual(1);
  });
});

describe("a slice", () => {
  it("has its share at once, however much the others ask for", async () => {
    const wanted: [Slice, number, number[]][] = [
      ["purchase", 2_250, []],
      ["reconcile", 3_500, []],
      ["refresh", 7_500, []],
    ];
    let polls = 0;
    for (let step = 0; step < 480; step++) {
      polls += await take("poll", 1_000);
      for (const [slice, everyMs, granted] of wanted) {
        if ((step * 250) % everyMs < 250) granted.push(await take(slice, 1));
      }
      polls += await take("poll", 1_000);
      await world.advance(250);
    }
    for (const [, , granted] of wanted) expect(new Set(granted)).toEqual(new Set([1]));
    expect(polls).toBeGreaterThan(0.38 * 2 * 94);
  });

  it("that nobody has heard of is refused", async () => {
    await expect(take("gifts" as Slice, 1)).rejects.toThrow("there is no slice gifts");
  });
});

describe("a call", () => {
  it("is not made where no token is left, and says when to ask again", async () => {
    await take("poll", 100);
    let made = 0;
    const make = async () => {
      made++;
      return OK;
    };
    const outcome = await processes[0].call("poll", make);
    expect(outcome).toMatchObject({ kind: "not_called", why: "budget" });
    expect(made).toBe(0);
    const { silentMs } = outcome as { silentMs: number };
    expect(silentMs).toBeGreaterThan(100);
    expect(silentMs).toBeLessThan(1_000);
  });

  it("waits for a token as long as it has patience, and not through a silence", async () => {
    await take("poll", 100);
    const { call } = processes[0];
    expect(await call("poll", OK, { patienceMs: 5_000 })).toEqual(OK);
    await call("poll", told(3), { prepaid: true });
    const outcome = await call("poll", OK, { patienceMs: 5_000 });
    expect(outcome).toMatchObject({ kind: "not_called", why: "silence" });
  });

  it("that is paid for takes nothing", async () => {
    await take("poll", 100);
    for (let count = 0; count < 20; count++) {
      expect(await processes[0].call("poll", OK, { prepaid: true })).toEqual(OK);
    }
  });

  it("whose permit is refused gives its token back", async () => {
    await take("purchase", 0);
    const left = async () => {
      const { purchaseTokens, spareTokens } = await world.budget();
      return purchaseTokens + spareTokens;
    };
    const before = await left();
    const { suppliers } = processes[0];
    const order = { kind: "write", slice: "purchase", what: "create" } as const;
    const refusing = async () => false;
    await suppliers.call(world.core, world.account, order, async () => OK, refusing);
    expect(await left()).toBe(before);
  });

  it("shares one statement with all that ask in the same breath", async () => {
    await world.reset(60_000);
    const statements: unknown[] = [];
    const core = {
      ...world.core,
      db: new Proxy(world.db, {
        get(target, name: "$queryRaw") {
          if (name === "$queryRaw") statements.push(name);
          return target[name];
        },
      }),
    };
    const order = { kind: "read", slice: "purchase", what: "test" } as const;
    const { suppliers } = processes[0];
    const asked = Array.from({ length: 8 }, () =>
      suppliers.call(core, world.account, order, async () => OK),
    );
    expect((await Promise.all(asked)).filter(wasMade)).toHaveLength(8);
    expect(statements).toHaveLength(1);
  });
});

describe("giving back", () => {
  it("lets others use what was taken with a claim and not used", async () => {
    const got = await take("poll", 100);
    expect(await take("poll", 100)).toBe(0);
    await processes[0].suppliers.giveBack(world.core, world.account, "poll", got);
    expect(await take("poll", 100)).toBe(got);
  });

  it("never fills the bucket to more than it holds", async () => {
    await processes[0].suppliers.giveBack(world.core, world.account, "poll", 1_000);
    expect(await take("poll", 1_000)).toBeLessThanOrEqual(5);
  });
});

describe("after a 429", () => {
  it("all processes are silent, the rate sinks once, and creeps up again", async () => {
    const [one, other] = processes;
    const limited = Array.from({ length: 4 }, () => one.call("poll", told(30), { prepaid: true }));
    await Promise.all(limited);
    expect(await world.budget()).toMatchObject({ rate: 70 });
    await world.advance(50);
    for (const { call } of processes) {
      expect(await call("purchase")).toMatchObject({ kind: "not_called", why: "silence" });
      expect(await call("poll", OK, { prepaid: true })).toMatchObject({ kind: "not_called" });
    }
    // Told again while silent, by a call that was under way.
    expect(await take("poll", 5)).toBe(0);
    await world.advance(29_950);
    expect(await other.call("purchase")).toEqual(OK);
    expect((await world.budget()).rate).toBeCloseTo(70, 1);
    await world.advance(4 * 60_000);
    await take("poll", 1);
    expect((await world.budget()).rate).toBeCloseTo(90, 1);
    await world.advance(60 * 60_000);
    await take("poll", 1);
    expect((await world.budget()).rate).toBe(100);
  });

  it("the rate never sinks below one call in ten seconds", async () => {
    for (let count = 0; count < 12; count++) {
      await processes[0].call("poll", told(1), { prepaid: true });
      await world.advance(1_100);
    }
    const { rate } = await world.budget();
    expect(rate).toBeGreaterThanOrEqual(6);
    expect(rate).toBeLessThan(7);
    await world.advance(30_000);
    expect(await take("purchase", 1)).toBe(1);
  });

  it("counts at once in the process that saw it, and in others within 50 ms", async () => {
    const [one, other] = processes;
    // Both have just looked.
    for (const { call } of processes) expect(await call("poll", OK, { prepaid: true })).toEqual(OK);
    let answer: (outcome: ReturnType<typeof told>) => void = () => undefined;
    const asked = one.call("poll", () => new Promise((go) => (answer = go)), { prepaid: true });
    await expect.poll(() => answer.length, { interval: 1 }).toBe(1);
    answer(told(30));
    await asked;
    expect(await one.call("poll", OK, { prepaid: true })).toMatchObject({ why: "silence" });
    await world.advance(50);
    expect(await other.call("poll", OK, { prepaid: true })).toMatchObject({ why: "silence" });
  });

  it("a silence that can't be written down holds in this process all the same", async () => {
    const away = {
      ...world.core,
      db: { ...world.db, $executeRaw: () => Promise.reject(new Error("away")) },
    };
    const [one, other] = processes;
    const order = { kind: "read", slice: "poll", what: "test", prepaid: true } as const;
    await one.suppliers.call(away as never, world.account, order, async () => told(30));
    expect(await one.call("poll", OK, { prepaid: true })).toMatchObject({ why: "silence" });
    expect(await other.call("poll", OK, { prepaid: true })).toEqual(OK);
    await world.advance(30_001);
    expect(await one.call("poll", OK, { prepaid: true })).toEqual(OK);
  });
});

describe("configuring", () => {
  it("changes what it names and nothing else, at once and for everybody", async () => {
    const set = (settings: Parameters<typeof configureBudget>[2]) =>
      world.db.$transaction((tx) => configureBudget(tx, world.account.id, settings));
    await processes[0].call("poll", told(1), { prepaid: true });
    await set({ readsAtOnce: 3 });
    expect(await world.budget()).toMatchObject({ callsPerMinute: 100, rate: 70, readsAtOnce: 3 });
    await set({ callsPerMinute: 100 });
    expect(await world.budget()).toMatchObject({ rate: 70 });
    await set({ callsPerMinute: 40, writesAtOnce: 1 });
    expect(await world.budget()).toMatchObject({ callsPerMinute: 40, rate: 40, writesAtOnce: 1 });
    await world.advance(2_000);
    await processes[1].call("poll");
    expect(processes[1].suppliers.readsAtOnce(world.account)).toBe(3);
    processes[1].suppliers.shareBetween(2);
    expect(processes[1].suppliers.readsAtOnce(world.account)).toBe(1);
    processes[1].suppliers.shareBetween(8);
    expect(processes[1].suppliers.readsAtOnce(world.account)).toBe(1);
  });

  it("is not needed: an account has a budget with its first call", async () => {
    await world.db.callBudget.deleteMany();
    expect(await processes[0].call("purchase")).toEqual(OK);
    expect(await world.budget()).toMatchObject({ callsPerMinute: 100, rate: 100 });
  });
});
