import { LENT } from "./contenders/contender.ts";
import type { Bench, Finding } from "./frame/bench.ts";
import { median, medians, plain, ratioOf, type Series, takeTurns } from "./frame/rounds.ts";
import { openRace } from "./world/race.ts";
import { startSupplier } from "./world/supplier.ts";

const QUEUES = ["graphile-worker", "pg-boss", "bullmq"];

/**
 * P1: orders a second to their code, against queues that do the same work with a job an order. What the
 * engine's way of recording would do for them is told beside it.
 */
export const p1: Bench = {
  id: "P1",
  title: "orders to terminal a second",
  async run(world, { rounds, tiny }, tell) {
    const queues = world.redisUrl ? QUEUES : QUEUES.filter((name) => name !== "bullmq");
    const left = world.redisUrl ? "" : `; without BullMQ: ${world.redisMissing}`;
    if (left) tell(`  ${left.slice(2)}`);
    const lent = queues.map((name) => name + LENT);
    const supplier = await startSupplier(world.folder);
    const race = await openRace(world, supplier, tiny ? 60 : 2_000);
    try {
      const contenders = ["engine", ...queues, ...lent].map((name) => race.contender(name));
      const series = await takeTurns(contenders, { rounds, tiny }, tell);
      const againstLent = ratioOf(series, "engine", bestOf(series, lent));
      const finding: Finding = {
        name: "orders to terminal a second ÷ the best queue with a job an order",
        ...ratioOf(series, "engine", bestOf(series, queues)),
        target: 4,
        bound: "at_least",
        detail: `orders/s: ${medians(series)}; against the best with the engine's recorder lent to it: ${plain(againstLent.ratio)}${left}`,
      };
      return [finding];
    } finally {
      await race.close();
      await supplier.stop();
    }
  },
};

function bestOf(series: Series, names: string[]): string {
  const speed = (name: string) => median(series.get(name) ?? []);
  const [best = ""] = names.toSorted((left, right) => speed(right) - speed(left));
  return best;
}
