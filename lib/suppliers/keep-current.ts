import type { Core } from "#lib/platform/core.ts";

/** A reading that is younger will do for a write. */
const KEEPS_UP_MS = 1_000;

/** Repeats a reading of what may have changed, one after another: an older one must not take the place of a newer. */
export function keepCurrent(read: (core: Core) => Promise<void>, ticks: () => number) {
  let reading: { since: number; done: Promise<void> } | null = null;

  /** @param maxAgeMs nothing is read where that was begun within so long */
  async function refresh(core: Core, maxAgeMs = 0): Promise<void> {
    if (maxAgeMs > 0 && reading && ticks() - reading.since < maxAgeMs) return reading.done;
    const before = reading?.done.catch(() => undefined) ?? Promise.resolve();
    const mine = { since: ticks(), done: before.then(() => read(core)) };
    reading = mine;
    await mine.done.catch((error) => {
      if (reading === mine) reading = null;
      throw error;
    });
  }

  return {
    refresh,
    /** Before what may cost money. Where it can't be read, what is known counts on. */
    async keepUp(core: Core): Promise<void> {
      await refresh(core, KEEPS_UP_MS).catch((error) =>
        core.log.warn({ err: error }, "suppliers not read again"),
      );
    },
  };
}
