import type { Bench, Finding } from "./frame/bench.ts";
import { median, plain, range } from "./frame/rounds.ts";
import { type P5Row, runP5 } from "./p5-model.ts";

const TARGETS = new Map([
  [0.05, 1.5],
  [0.2, 4],
  [1, 6],
  [5, 7],
]);

/** P5: calls an order, against asking every five seconds, at the same mean delay. In virtual time. */
export const p5: Bench = {
  id: "P5",
  title: "calls an order of fixed polling ÷ ours",
  async run(_, { rounds, tiny }, tell) {
    const runs: P5Row[][] = [];
    for (let seed = 1; seed <= (tiny ? 1 : rounds); seed += 1) {
      runs.push(runP5(seed));
      tell(
        `  seed ${seed}: ${runs
          .at(-1)
          ?.map(({ ratio }) => plain(ratio))
          .join(", ")}`,
      );
    }
    return [...TARGETS].map(([rate, target]): Finding => {
      const rows = runs.flat().filter((row) => row.rate === rate);
      const ratios = rows.map(({ ratio }) => ratio);
      const of = (read: (row: P5Row) => number) => range(rows.map(read));
      return {
        name: `calls an order of fixed 5 s polling ÷ ours at ${rate} orders/s`,
        ratio: median(ratios),
        spread: { min: Math.min(...ratios), max: Math.max(...ratios) },
        target,
        bound: "at_least",
        detail: `${of((row) => row.fixedCalls)} calls against ${of((row) => row.oursCalls)}; delay ${of((row) => row.fixedDelayMs / 1_000)} s against ${of((row) => row.oursDelayMs / 1_000)} s`,
      };
    });
  },
};
