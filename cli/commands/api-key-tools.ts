/** What the commands on API keys share. */

import { readKeys } from "#lib/api/read-keys.ts";
import type { KeyView } from "#lib/api/types.ts";
import type { Core } from "#lib/platform/core.ts";
import { COMMAND_LINE, Failure, type Tools, UsageProblem } from "../command.ts";

export const openKeys = (tools: Tools): Promise<Core> => tools.core();

/** The key with this id, prefix or name; fails with a sentence where there is none, or more than one. */
export async function keyNamed(core: Core, wanted: string): Promise<KeyView> {
  const keys = await readKeys(core, COMMAND_LINE);
  const found = keys.filter(
    ({ id, prefix, name, state }) =>
      id === wanted || prefix === wanted || (name === wanted && state === "active"),
  );
  const [first, ...others] = found;
  if (!first) throw new Failure(`There is no key called ${wanted}.`);
  if (others.length > 0) {
    const prefixes = found.map(({ prefix }) => prefix).join(", ");
    throw new Failure(`Several keys are called ${wanted}: name one of ${prefixes}.`);
  }
  return first;
}

/** What is wrong with an option that commands share. */
export const KEY_SENTENCES = {
  name: "--name has to be one line of at most 60 characters.",
  allowedFrom: "--from has to be anywhere, or addresses and nets like 203.0.113.7,10.0.0.0/8.",
  ratePerMinute: "--rate has to be a whole number from 1 to 100000.",
} as const;

/** What an option lists. Nothing is no list: it is what a variable of the shell holds that nobody has set. */
export function listed(option: string, text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  const words = parts.filter(Boolean);
  if (words.length === 0) throw new UsageProblem(`--${option} says nothing.`);
  return words;
}

/** The addresses and nets of `--from`; none of them only for whoever says so. */
export const netsOf = (text: string): string[] => (text === "anywhere" ? [] : listed("from", text));
