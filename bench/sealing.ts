import type { Spent } from "./contenders/contender.ts";
import type { Bench } from "./frame/bench.ts";
import { likelyMedian, median, plain, range, takeTurns } from "./frame/rounds.ts";
import { openRace } from "./world/race.ts";
import { startSupplier } from "./world/supplier.ts";

/** Short and many: a median forgets those in which the machine did something else. */
const LAPS_PER_ROUND = 6;
const ORDERS_PER_LAP = 500;

/**
 * SEAL: the time that sealing and indexing take of the processor time of an engine that brings orders to their
 * codes: as much more it could do without. Both are of the same process and the same moments, so a slow machine
 * makes both longer. Not a race against an engine that doesn't seal: equal engines differ by more than is asked
 * for (`README.md`).
 */
export const sealing: Bench = {
  id: "SEAL",
  title: "what sealing costs the engine",
  async run(world, { rounds, tiny }, tell) {
    const count = tiny ? 60 : ORDERS_PER_LAP;
    const supplier = await startSupplier(world.folder);
    const race = await openRace(world, supplier, count);
    const spent: Spent[] = [];
    try {
      const engine = race.contender("engine sealing", async (actor) => {
        const one = await actor.ask<Spent>("spent");
        if (one.sealingSeconds === 0) throw new Error("Nothing was sealed.");
        spent.push(one);
      });
      await takeTurns([engine], { rounds: tiny ? 1 : rounds * LAPS_PER_ROUND, tiny }, tell);
      // The first was for warming up.
      const laps = tiny ? spent : spent.slice(1);
      const shares = laps.map((lap) => lap.sealingSeconds / lap.cpuSeconds);
      const micros = (of: keyof Spent) => range(laps.map((lap) => (lap[of] * 1e6) / count));
      const { min, max } = likelyMedian(shares);
      return [
        {
          name: "time of sealing and indexing a code ÷ processor time of an order, all in all",
          ratio: median(shares),
          spread: { min: Math.min(...shares), max: Math.max(...shares) },
          target: 0.05,
          bound: "at_most",
          detail: `${laps.length} laps of ${count} orders, their median between ${plain(min)} and ${plain(max)} with 95 %; µs an order: sealing ${micros("sealingSeconds")}, all ${micros("cpuSeconds")}`,
        },
      ];
    } finally {
      await race.close();
      await supplier.stop();
    }
  },
};
