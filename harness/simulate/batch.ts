/** A process that runs seeds for the command, one after the other, on a database of its own. */

import { NO_CONTROL } from "./controls/control.ts";
import { type ControlName, controlOf } from "./controls/controls.ts";
import { openSimulationDatabase, type SimulationDatabase } from "./database.ts";
import { planRun, type Wishes } from "./plan.ts";
import { runSeed, type SeedResult } from "./run-seed.ts";
import { shrink } from "./shrink.ts";
import { makeSmaller, type Smaller } from "./smaller.ts";
import type { TraitsName } from "./traits.ts";

export type Order =
  | { kind: "open"; adminUrl: string; control: ControlName | null }
  | {
      kind: "run";
      seed: number;
      wishes: Wishes;
      smaller: Smaller;
      shrinks: boolean;
      traces: boolean;
    };

/** What the command hears of one seed. */
export type Report = {
  kind: "done";
  seed: number;
  profile: string;
  traits: TraitsName;
  violations: string[];
  steps: number;
  places: readonly string[];
  /** Of the shortest run that was found to fail alike; of the run itself where it was asked for. */
  trace: string[];
  smaller: Smaller;
};

export type Message = { kind: "opened" } | Report;

export async function runOne(
  database: SimulationDatabase,
  control: ControlName | null,
  { seed, wishes, smaller, shrinks, traces }: Extract<Order, { kind: "run" }>,
): Promise<Report> {
  const given = control === null ? null : controlOf(control);
  const plan = planRun(
    seed,
    given
      ? {
          profile: given.profile,
          account: given.account,
          ...wishes,
          ...(given.traits && { traits: given.traits }),
        }
      : wishes,
  );
  const run = (less: Smaller): Promise<SeedResult> =>
    runSeed(database, makeSmaller(plan, less), {
      controls: given?.controls ?? NO_CONTROL,
      only: less.faults ? new Set(less.faults) : null,
    });
  const result = await run(smaller);
  const report: Report = {
    kind: "done",
    seed,
    profile: plan.profile,
    traits: plan.traits,
    violations: result.violations,
    steps: result.steps,
    places: result.places,
    trace: traces ? result.trace : [],
    smaller,
  };
  if (result.violations.length === 0 || !shrinks) return report;
  const less = await shrink(plan, verdictOf(result), async (next) =>
    verdictOf(await run({ ...smaller, ...next })),
  );
  const shortest = await run({ ...smaller, ...less });
  return { ...report, trace: shortest.trace, smaller: { ...smaller, ...less } };
}

/** The same invariant is the same failure, whichever order or amount it is about. */
function verdictOf({ violations, fired }: SeedResult) {
  const [first] = violations;
  return { broken: first ? (first.split(":")[0] ?? first) : null, fired };
}

/** The process's life: orders come from the command, one at a time. */
function serve(): void {
  let database: SimulationDatabase | undefined;
  let control: ControlName | null = null;
  const answer = (message: Message) => process.send?.(message);
  process.on("message", async (order: Order) => {
    if (order.kind === "open") {
      await database?.drop();
      database = await openSimulationDatabase(order.adminUrl);
      control = order.control;
      if (control) await controlOf(control).controls.prepare?.(database.observer);
      answer({ kind: "opened" });
    } else if (database) {
      answer(await runOne(database, control, order));
    }
  });
  process.on("disconnect", async () => {
    await database?.drop();
    process.exit(0);
  });
}

if (process.send) serve();
