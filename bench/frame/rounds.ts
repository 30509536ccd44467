import type { Finding, Size } from "./bench.ts";

export type Contender = {
  name: string;
  /** Measures itself once. Round 0 is for warming up, and doesn't count; a tiny run has none. */
  once(round: number): Promise<number>;
};

export type Series = ReadonlyMap<string, readonly number[]>;

/**
 * Lets contenders take turns: a warm-up each, then `rounds` rounds, each begun by another one, so that
 * whatever else the machine does meets all of them alike. A tiny run measures nothing: it warms nothing up.
 */
export async function takeTurns(
  contenders: Contender[],
  { rounds, tiny }: Size,
  tell: (line: string) => void,
): Promise<Series> {
  const series = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = tiny ? 1 : 0; round <= rounds; round += 1) {
    const said: string[] = [];
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(turn + round) % contenders.length];
      if (!contender) continue;
      const value = await contender.once(round);
      if (round > 0) series.get(contender.name)?.push(value);
      said.push(`${contender.name} ${plain(value)}`);
    }
    tell(`  ${round === 0 ? "warm-up" : `round ${round}`}: ${said.join(", ")}`);
  }
  return series;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("There is no median of nothing.");
  const sorted = values.toSorted((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/**
 * Where the median of what was drawn from lies with 95 %, by the ranks of the values alone; all of them where
 * there are too few to say.
 */
export function likelyMedian(values: readonly number[]): { min: number; max: number } {
  const sorted = values.toSorted((left, right) => left - right);
  const below = Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2);
  const at = Math.max(below - 1, 0);
  const [min, max] = [sorted[at], sorted[sorted.length - 1 - at]];
  if (min === undefined || max === undefined) throw new Error("There is no median of nothing.");
  return { min, max };
}

/** The ratio of two medians, and the range of the ratios of single rounds. */
export function ratioOf(
  series: Series,
  ours: string,
  theirs: string,
): Pick<Finding, "ratio" | "spread"> {
  const our = series.get(ours) ?? [];
  const their = series.get(theirs) ?? [];
  const each = our.map((value, round) => value / (their[round] ?? Number.NaN));
  return {
    ratio: median(our) / median(their),
    spread: { min: Math.min(...each), max: Math.max(...each) },
  };
}

/** `engine 4210 (3990–4400)` for each, in orders/s or whatever was measured. */
export const medians = (series: Series): string =>
  [...series].map(([name, values]) => `${name} ${range(values)}`).join(", ");

export const range = (values: readonly number[]): string =>
  `${plain(median(values))} (${plain(Math.min(...values))}–${plain(Math.max(...values))})`;

/** Three digits that count. */
export const plain = (value: number): string =>
  value >= 100 || value === 0 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
