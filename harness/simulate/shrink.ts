/** Makes a failing run shorter while it still fails: fewer orders, fewer faults, fewer workers. */
import type { Plan } from "./plan.ts";
import type { Smaller } from "./smaller.ts";

/** What a run came to: the invariant that broke (null: none did) and the faults that happened. */
export type Verdict = { broken: string | null; fired: readonly string[] };

/** Each try is a whole run, and a person waits for the result. */
const MOST_TRIES = 80;

/**
 * Answers what can be left out; `{}` where the failure doesn't come again even with the same faults.
 * @param found how the run failed as it was found
 * @param run answers how a smaller one ends
 */
export async function shrink(
  plan: Plan,
  found: Verdict,
  run: (smaller: Smaller) => Promise<Verdict>,
): Promise<Smaller> {
  let best: Smaller = {};
  let fired = found.fired;
  let tries = 0;

  /** Keeps the smaller run if the same invariant breaks in it. */
  async function keeps(less: Smaller): Promise<boolean> {
    if (tries >= MOST_TRIES) return false;
    tries += 1;
    const smaller = { ...best, ...less };
    const verdict = await run(smaller);
    if (verdict.broken === null || verdict.broken !== found.broken) return false;
    best = smaller;
    fired = verdict.fired;
    return true;
  }

  /** Halves first, then quarters, down to one by one. */
  async function dropFaults(): Promise<void> {
    for (let size = Math.ceil(fired.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < fired.length; ) {
        const dropped = await keeps({ faults: [...fired.slice(0, at), ...fired.slice(at + size)] });
        if (!dropped) at += size;
      }
    }
  }

  if (!(await keeps({ faults: [...fired] }))) return {};
  await dropFaults();
  let orders = plan.orders.map(({ index }) => index);
  for (const index of orders.toReversed()) {
    const rest = orders.filter((one) => one !== index);
    if (rest.length > 0 && (await keeps({ orders: rest }))) orders = rest;
  }
  for (const less of [
    { single: true },
    { alone: true },
    { unattended: true },
    { one: true },
    { steady: true },
  ] as const) {
    await keeps(less);
  }
  await dropFaults();
  return best;
}
