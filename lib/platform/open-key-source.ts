import { readFile } from "node:fs/promises";
import type { Env } from "./env.ts";
import type { KeySource } from "./key-source.ts";
import { localKeySource } from "./local-key-source.ts";
import { parseSealingKeys, type SealingKey } from "./sealing-keys.ts";

/** The outside keys as configured: those of the environment, or those of a file. */
export function openKeySource(env: Env): KeySource {
  const { KEYHOLD_SEALING_KEYS: keys, KEYHOLD_SEALING_KEYS_FILE: path } = env;
  if (path === undefined) return localKeySource(keys, "KEYHOLD_SEALING_KEYS");
  return fileKeySource(keys, path);
}

/** A key that is put into the file later is found there without a new start. */
function fileKeySource(keys: readonly SealingKey[], path: string): KeySource {
  return localKeySource(keys, `KEYHOLD_SEALING_KEYS_FILE (${path})`, async () => {
    const found = parseSealingKeys(await readFile(path, "utf8"));
    if (typeof found === "string") throw new Error(`KEYHOLD_SEALING_KEYS_FILE ${found}.`);
    return found;
  });
}
