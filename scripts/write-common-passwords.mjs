/**
 * Writes the list of common passwords in its compact form: `node --import tsx scripts/write-common-passwords.mjs`,
 * after an update of `@zxcvbn-ts/language-common`. Words that no password of ours could be made of are left out.
 */
import { writeFileSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";
import { fillBloom } from "#lib/access/passwords/bloom.ts";
import { SHORTEST_WORD } from "#lib/access/passwords/common-passwords.ts";

const words = new Set(
  dictionary["passwords-common"]
    .map((word) => String(word).toLowerCase())
    .filter((word) => word.length >= SHORTEST_WORD),
);
writeFileSync(
  new URL("../lib/access/passwords/common-passwords.bin", import.meta.url),
  fillBloom([...words]),
);
