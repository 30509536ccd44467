/** One thing at a time, in virtual time: whatever waits is parked here, and a seed picks who goes on. */

/** A logical process. What it has parked dies with it; stopped, it goes on later as though nothing were. */
export type Process = {
  name: string;
  alive: boolean;
  /** Virtual time until which the operating system doesn't let it run. */
  stoppedUntil: number;
};

export type Step = { process: Process; label: string };

type Parked = Step & { at: () => number; go: () => void };

export type Scheduler = {
  /** Milliseconds since 1970, virtual. */
  now(): number;
  /** How many steps have been taken. */
  steps(): number;
  /** Comes back when it is this step's turn, `afterMs` from now at the earliest; never once the process is dead. */
  park(process: Process, label: string, afterMs: number): Promise<void>;
  /** The same, but when that is may change until then; infinite: not as things stand. */
  parkUntil(process: Process, label: string, at: () => number): Promise<void>;
  /** Runs real input or output, during which nothing else may run. */
  io<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Goes on step by step until nothing is parked any more, `until` says so, or the virtual deadline is
   * passed. `after` is called between two steps, while everything stands still; what it throws ends the run.
   */
  run(options: {
    until?: () => boolean;
    deadline: number;
    after?: (step: Step | null) => Promise<void> | void;
  }): Promise<"done" | "deadline">;
};

/**
 * @param startAt virtual time at the beginning
 * @param random decides between steps that are due together
 */
export function createScheduler(startAt: number, random: () => number): Scheduler {
  let now = startAt;
  let steps = 0;
  let inFlight = 0;
  let wake: (() => void) | null = null;
  let parked: Parked[] = [];

  const dueAt = ({ at, process }: Parked): number => Math.max(at(), process.stoppedUntil);

  /** Until no input or output is under way and everybody has come to a place where they wait. */
  async function settle(): Promise<void> {
    do {
      while (inFlight > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      // All that follows from what has just come back runs before this.
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (inFlight > 0);
  }

  /** Of all that is due, any; if nothing is, time passes until something is. */
  function pick(deadline: number): Parked | null {
    parked = parked.filter(({ process }) => process.alive);
    let first = Number.POSITIVE_INFINITY;
    const times = parked.map(dueAt);
    for (const at of times) first = Math.min(first, at);
    if (first === Number.POSITIVE_INFINITY || first > deadline) return null;
    // Whole milliseconds, as a process's clock has them.
    now = Math.max(now, Math.ceil(first));
    const due = parked.filter((_, index) => (times[index] ?? first) <= now);
    const chosen = due[Math.floor(random() * due.length)] ?? null;
    if (chosen) parked.splice(parked.indexOf(chosen), 1);
    return chosen;
  }

  return {
    now: () => now,
    steps: () => steps,
    park(process, label, afterMs) {
      const at = now + afterMs;
      return this.parkUntil(process, label, () => at);
    },
    parkUntil(process, label, at) {
      return new Promise((go) => {
        parked.push({ process, label, at, go });
      });
    },
    async io(work) {
      inFlight += 1;
      try {
        return await work();
      } finally {
        inFlight -= 1;
        if (inFlight === 0) wake?.();
      }
    },
    async run({ until, deadline, after }) {
      await settle();
      await after?.(null);
      for (;;) {
        if (until?.()) return "done";
        const step = pick(deadline);
        if (!step) {
          if (parked.length === 0) return "done";
          now = Math.max(now, deadline);
          return "deadline";
        }
        steps += 1;
        step.go();
        await settle();
        await after?.(step);
      }
    },
  };
}

/** What stands for the world outside: it never dies. */
export const nature = (): Process => ({ name: "world", alive: true, stoppedUntil: 0 });
