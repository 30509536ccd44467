import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isInBloom } from "./bloom.ts";

/** Shorter words are left out of the list: they are parts of anything. */
export const SHORTEST_WORD = 4;

let list: Promise<Buffer> | undefined;

/** Whether a word in lower case is one of those that guessers try first. */
export async function isCommonWord(word: string): Promise<boolean> {
  return word.length >= SHORTEST_WORD && isInBloom(await readList(), word);
}

/** From where the process was started, as everything that isn't code; see `next.config.mjs`. */
function readList(): Promise<Buffer> {
  list ??= readFile(join(process.cwd(), "lib", "access", "passwords", "common-passwords.bin"));
  // One that could not be read is tried again.
  list.catch(() => {
    list = undefined;
  });
  return list;
}
