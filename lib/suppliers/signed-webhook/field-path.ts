import { plainName } from "../http/hide-codes.ts";
import type { Json } from "../port.ts";

/** What stands at `data.order_id`, or at the first of `order_id|id` that holds anything; else undefined. */
export function readAt(json: Json, path: string): Json | undefined {
  for (const one of path.split("|")) {
    const found = walk(json, one.split("."));
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** Own fields only: what a name like `constructor` finds beside them is none of the supplier's. */
function walk(json: Json, steps: string[]): Json | undefined {
  let at: Json | undefined = json;
  for (const step of steps) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, Json>)[step];
  }
  return at;
}

/** The names at which the paths end, as `plainName` spells them. */
export const lastNames = (paths: readonly string[]): string[] =>
  alternatives(paths).map((steps) => plainName(steps.at(-1) ?? ""));

/** The names that the paths lead through. */
export const namesOnTheWay = (paths: readonly string[]): string[] =>
  alternatives(paths).flatMap((steps) => steps.slice(0, -1).map(plainName));

const alternatives = (paths: readonly string[]): string[][] =>
  paths.flatMap((path) => path.split("|").map((one) => one.split(".")));
