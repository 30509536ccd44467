import { parseArgs } from "node:util";
import { CONTROLS, type ControlName, isControl } from "./controls/controls.ts";
import { isProfile, PROFILES, type ProfileName } from "./profiles.ts";
import { parseSmaller, type Smaller } from "./smaller.ts";
import { isTraitsName, TRAIT_SETS, type TraitsName } from "./traits.ts";

export type Options = {
  seeds: number;
  seed: number;
  orders: number | null;
  profile: ProfileName | null;
  /** How the supplier works. */
  traits: TraitsName;
  control: ControlName | null;
  /** All negative controls, one after the other. */
  controls: boolean;
  json: boolean;
  /** Prints every step of a failing run, and of a clean one where there is only one. */
  trace: boolean;
  /** What is left out of the run, as a failure prints it. */
  smaller: Smaller;
  processes: number | null;
  intents: number | null;
  unknown: number;
  mode: "free" | "charged";
  beyondQ: boolean;
};

const FLAGS = {
  seeds: { type: "string" },
  seed: { type: "string" },
  orders: { type: "string" },
  profile: { type: "string" },
  traits: { type: "string" },
  control: { type: "string" },
  controls: { type: "boolean" },
  json: { type: "boolean" },
  trace: { type: "boolean" },
  smaller: { type: "string" },
  processes: { type: "string" },
  intents: { type: "string" },
  unknown: { type: "string" },
  mode: { type: "string" },
  "beyond-q": { type: "boolean" },
} as const;

/** Reads the command line. Throws a sentence for a name or value that it doesn't know. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true });
  const { profile = null, traits = "polled", control = null, mode = "free" } = values;
  if (!isTraitsName(traits)) {
    throw new Error(`--traits has to be one of ${Object.keys(TRAIT_SETS).join(", ")}.`);
  }
  if (profile !== null && !isProfile(profile)) {
    throw new Error(`--profile has to be one of ${Object.keys(PROFILES).join(", ")}.`);
  }
  if (control !== null && !isControl(control)) {
    throw new Error(`--control has to be one of ${Object.keys(CONTROLS).join(", ")}.`);
  }
  if (mode !== "free" && mode !== "charged") throw new Error("--mode has to be free or charged.");
  const seed = values.seed === undefined ? null : whole("seed", values.seed, 0);
  return {
    seeds: values.seeds === undefined ? (seed === null ? 200 : 1) : whole("seeds", values.seeds, 1),
    seed: seed ?? 1,
    orders: values.orders === undefined ? null : whole("orders", values.orders, 1),
    profile,
    traits,
    control,
    controls: values.controls ?? false,
    json: values.json ?? false,
    trace: values.trace ?? false,
    smaller: values.smaller === undefined ? {} : parseSmaller(values.smaller),
    processes: values.processes === undefined ? null : whole("processes", values.processes, 1),
    intents: values.intents === undefined ? null : whole("intents", values.intents, 1),
    unknown: values.unknown === undefined ? 0.3 : share("unknown", values.unknown),
    mode,
    beyondQ: values["beyond-q"] ?? false,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} has to be a whole number from ${least} on, not ${text}.`);
}

function share(name: string, text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new Error(`--${name} has to be a number from 0 to 1, not ${text}.`);
}
