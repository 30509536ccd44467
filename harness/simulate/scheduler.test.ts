import { expect, it } from "vitest";
import { createScheduler, type Process, type Scheduler } from "./scheduler.ts";

const process = (name: string): Process => ({ name, alive: true, stoppedUntil: 0 });
const first = () => 0;
const last = () => 0.999;
const LATE = 1_000_000;

/** Runs what is begun to its end, and answers in which order it said things. */
async function play(
  random: () => number,
  begin: (scheduler: Scheduler, say: (what: string) => void) => void,
  deadline = LATE,
) {
  const scheduler = createScheduler(0, random);
  const said: string[] = [];
  begin(scheduler, (what) => said.push(`${what} at ${scheduler.now()}`));
  const end = await scheduler.run({ deadline });
  return { said, end, now: scheduler.now(), steps: scheduler.steps() };
}

/** Comes to two places, one after the other. */
async function walk(
  scheduler: Scheduler,
  who: Process,
  say: (what: string) => void,
  afterMs = 0,
): Promise<void> {
  await scheduler.park(who, "one", afterMs);
  say(`${who.name} one`);
  await scheduler.park(who, "two", afterMs);
  say(`${who.name} two`);
}

it("lets one go on at a time, as chance has it", async () => {
  const both = (scheduler: Scheduler, say: (what: string) => void) => {
    void walk(scheduler, process("a"), say);
    void walk(scheduler, process("b"), say);
  };
  expect((await play(first, both)).said).toEqual([
    "a one at 0",
    "b one at 0",
    "a two at 0",
    "b two at 0",
  ]);
  expect((await play(last, both)).said).toEqual([
    "b one at 0",
    "b two at 0",
    "a one at 0",
    "a two at 0",
  ]);
});

it("lets time pass only when nobody is due", async () => {
  const { said, now, steps } = await play(last, (scheduler, say) => {
    void walk(scheduler, process("slow"), say, 5_000);
    void walk(scheduler, process("fast"), say, 1_000);
  });
  expect(said).toEqual([
    "fast one at 1000",
    "fast two at 2000",
    "slow one at 5000",
    "slow two at 10000",
  ]);
  expect({ now, steps }).toEqual({ now: 10_000, steps: 4 });
});

it("never lets the dead go on", async () => {
  const { said, end } = await play(first, (scheduler, say) => {
    const mortal = process("mortal");
    void walk(scheduler, mortal, say, 1_000);
    void scheduler.park(process("killer"), "kill", 1_500).then(() => {
      mortal.alive = false;
    });
  });
  expect(said).toEqual(["mortal one at 1000"]);
  expect(end).toBe("done");
});

it("lets the stopped go on later, as though nothing were", async () => {
  const { said } = await play(first, (scheduler, say) => {
    const stopped = process("stopped");
    void walk(scheduler, stopped, say, 1_000);
    void scheduler.park(process("stopper"), "stop", 500).then(() => {
      stopped.stoppedUntil = 60_000;
    });
  });
  expect(said).toEqual(["stopped one at 60000", "stopped two at 61000"]);
});

it("ends at the deadline, and leaves the rest waiting", async () => {
  const { said, end, now } = await play(
    first,
    (scheduler, say) => void walk(scheduler, process("a"), say, 700),
    1_000,
  );
  expect({ said, end, now }).toEqual({ said: ["a one at 700"], end: "deadline", now: 1_000 });
});

it("asks again when a step is due", async () => {
  let dueAt = Number.POSITIVE_INFINITY;
  const { said } = await play(first, (scheduler, say) => {
    void scheduler.parkUntil(process("idle"), "idle", () => dueAt).then(() => say("idle"));
    void scheduler.park(process("other"), "news", 3_000).then(() => {
      dueAt = 4_000;
    });
  });
  expect(said).toEqual(["idle at 4000"]);
});

it("waits for real input and output before the next step, however long it takes", async () => {
  const { said } = await play(first, (scheduler, say) => {
    const a = process("a");
    void scheduler.park(a, "read", 0).then(async () => {
      await scheduler.io(() => new Promise((resolve) => setTimeout(resolve, 20)));
      say("read");
    });
    void scheduler.park(a, "later", 1).then(() => say("later"));
  });
  expect(said).toEqual(["read at 0", "later at 1"]);
});

it("calls back between steps, and ends when told", async () => {
  const scheduler = createScheduler(0, first);
  const said: string[] = [];
  void walk(scheduler, process("a"), (what) => said.push(what));
  const labels: (string | null)[] = [];
  const end = await scheduler.run({
    deadline: LATE,
    until: () => said.length === 1,
    after: (step) => void labels.push(step?.label ?? null),
  });
  expect({ end, labels, said }).toEqual({ end: "done", labels: [null, "one"], said: ["a one"] });
});
