import type { Spent } from "./contenders/contender.ts";
import type { Bench } from "./frame/bench.ts";
import { median, medians, plain, ratioOf, takeTurns } from "./frame/rounds.ts";
import { openRace } from "./world/race.ts";
import { startSupplier } from "./world/supplier.ts";

const SEALING = "engine timed";
const ENCODING = "engine encoding";

/**
 * SEAL: what sealing takes of all that the engine's process does while orders come to their codes, which is
 * the most that its throughput could gain without it. What it does gain is told beside; that is less than the
 * rounds differ by themselves.
 */
export const sealing: Bench = {
  id: "SEAL",
  title: "what sealing costs the engine",
  async run(world, { rounds, tiny }, tell) {
    const count = tiny ? 60 : 3_000;
    const supplier = await startSupplier(world.folder);
    const race = await openRace(world, supplier, count);
    const spent: Spent[] = [];
    try {
      const timed = race.contender(SEALING, async (actor) => {
        const one = await actor.ask<Spent>("spent");
        if (one.sealingSeconds === 0) throw new Error("Nothing was sealed.");
        spent.push(one);
      });
      const series = await takeTurns([timed, race.contender(ENCODING)], rounds, tell);
      const lost = ratioOf(series, SEALING, ENCODING);
      // The first was for warming up.
      const measured = spent.slice(1);
      const shares = measured.map((one) => one.sealingSeconds / one.cpuSeconds);
      const micros = (of: keyof Spent) =>
        plain((median(measured.map((one) => one[of])) * 1e6) / count);
      return [
        {
          name: "processor time of sealing and indexing a code ÷ of an order, all in all",
          ratio: median(shares),
          spread: { min: Math.min(...shares), max: Math.max(...shares) },
          target: 0.05,
          bound: "at_most",
          detail: `${micros("sealingSeconds")} of ${micros("cpuSeconds")} µs; orders/s: ${medians(series)}, a ratio of ${plain(lost.ratio)} (${plain(lost.spread?.min ?? 0)}–${plain(lost.spread?.max ?? 0)})`,
        },
      ];
    } finally {
      await race.close();
      await supplier.stop();
    }
  },
};
