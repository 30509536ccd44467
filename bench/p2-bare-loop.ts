import type { Bench } from "./frame/bench.ts";
import { medians, ratioOf, takeTurns } from "./frame/rounds.ts";
import { openRace } from "./world/race.ts";
import { startSupplier } from "./world/supplier.ts";

/** P2: what all the care costs, against a loop that asks and writes the answer down. */
export const p2: Bench = {
  id: "P2",
  title: "engine against a bare loop",
  async run(world, { rounds, tiny }, tell) {
    const supplier = await startSupplier(world.folder);
    const race = await openRace(world, supplier, tiny ? 60 : 3_000);
    try {
      const contenders = ["engine", "bare loop"].map((name) => race.contender(name));
      const series = await takeTurns(contenders, { rounds, tiny }, tell);
      return [
        {
          name: "engine ÷ bare loop of GET and INSERT",
          ...ratioOf(series, "engine", "bare loop"),
          target: 0.7,
          bound: "at_least",
          detail: `orders/s: ${medians(series)}`,
        },
      ];
    } finally {
      await race.close();
      await supplier.stop();
    }
  },
};
