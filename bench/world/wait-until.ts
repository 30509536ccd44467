import { setTimeout as wait } from "node:timers/promises";

/** Looks until it is so; throws when it takes longer than `patienceMs`. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  { patienceMs = 120_000, everyMs = 50 } = {},
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`Still not after ${Math.round(patienceMs / 1_000)} s: ${what}`);
    }
    await wait(everyMs);
  }
}
