/** Draws that depend on their name alone, so that leaving one thing out changes nothing else. */

export type DrawName = readonly (string | number)[];

/** A number in [0, 1) that is the same for the same name, always. */
export function draw(...name: DrawName): number {
  return hash(name.join("|")) / 2 ** 53;
}

/** An integer between both bounds, each included. */
export function drawBetween(least: number, most: number, ...name: DrawName): number {
  return least + Math.floor(draw(...name) * (most - least + 1));
}

/** One of the choices, each as likely as its weight says. */
export function drawWeighted<Choice extends string>(
  weights: Partial<Record<Choice, number>>,
  ...name: DrawName
): Choice | null {
  const choices = Object.entries(weights) as [Choice, number][];
  let left = draw(...name) * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices.at(-1)?.[0] ?? null;
}

/** One of a list; throws for an empty one. */
export function drawOne<Item>(items: readonly Item[], ...name: DrawName): Item {
  const item = items[Math.floor(draw(...name) * items.length)];
  if (item === undefined) throw new Error("There is nothing to draw from.");
  return item;
}

/** A stream of numbers in [0, 1), for what has no better name than its turn. */
export function stream(...name: DrawName): () => number {
  let state = hash(name.join("|")) >>> 0;
  // mulberry32: short, fast, and good enough to pick steps with.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 53 bits (cyrb53); a cryptographic hash would be a tenth of a run's time. */
function hash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}
