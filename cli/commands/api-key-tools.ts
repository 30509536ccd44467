/** What the commands on API keys share. */

import { readKeys } from "#lib/api/read-keys.ts";
import type { KeyView } from "#lib/api/types.ts";
import type { Core } from "#lib/platform/core.ts";
import { COMMAND_LINE, Failure, type Tools } from "../command.ts";

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
