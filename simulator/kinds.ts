import { readOptions } from "./options.ts";
import { readOptions as readOzzobitOptions } from "./ozzobit/options.ts";
import { startOzzobit } from "./ozzobit/server.ts";
import { readOptions as readPushingOptions } from "./pushing/options.ts";
import { startPushing } from "./pushing/server.ts";
import { startSimulator } from "./server.ts";

/** A supplier that runs, whichever it stands in for. */
export type Running = { port: number; controlPort: number; close(): Promise<void> };

type Start = (
  args: readonly string[],
  environment: Record<string, string | undefined>,
) => Promise<Running>;

/** Each with flags and a control port of its own. */
const kinds: Record<string, Start> = {
  foxreload: async (args, environment) => startSimulator(readOptions(args, environment)),
  pushing: async (args, environment) => startPushing(readPushingOptions(args, environment)),
  ozzobit: async (args, environment) => startOzzobit(readOzzobitOptions(args, environment)),
};

/** What `--kind` (or `SIMULATOR_KIND`) names, and the rest of the command line. Throws a sentence for one that isn't there. */
export function takeKind(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): { start: Start; rest: string[] } {
  const at = args.findIndex((arg) => arg === "--kind" || arg.startsWith("--kind="));
  const own = args[at]?.startsWith("--kind=") ? 1 : 2;
  const named = own === 1 ? args[at]?.slice("--kind=".length) : args[at + 1];
  const kind = (at < 0 ? environment.SIMULATOR_KIND : named) || "foxreload";
  const start = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!start)
    throw new Error(`There is no simulator "${kind}", but ${Object.keys(kinds).join(", ")}.`);
  return { start, rest: at < 0 ? [...args] : args.toSpliced(at, own) };
}
