import type { World } from "../world/world.ts";

/** One number that a benchmark found, as a ratio against its target. */
export type Finding = {
  /** What is divided by what, in a few words. */
  name: string;
  ratio: number;
  /** The smallest and largest ratio of single rounds; null where there is one measurement only. */
  spread: { min: number; max: number } | null;
  target: number;
  bound: "at_least" | "at_most";
  /** The numbers behind it, for a person. */
  detail: string;
};

/** How much is measured: `tiny` shows that the machinery works, and nothing else. */
export type Size = { rounds: number; tiny: boolean };

export type Bench = {
  id: string;
  title: string;
  /** Measures; `tell` is for what a person at the terminal may want to see meanwhile. */
  run(world: World, size: Size, tell: (line: string) => void): Promise<Finding[]>;
};

export const meets = ({ ratio, target, bound }: Pick<Finding, "ratio" | "target" | "bound">) =>
  bound === "at_least" ? ratio >= target : ratio <= target;
