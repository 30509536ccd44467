import type { Json } from "../port.ts";
import { cleanText, hideSecrets } from "./clean-text.ts";

/** Shorter leaves ("1", "USD") are no secret, and hiding them would blank out half the answer. */
const MIN_CODE_CHARS = 4;
/** More than 10 lines of 300 codes with a few fields each. */
const MAX_CODES = 10_000;
/** Kilobytes searched times codes searched for; beyond it every further text is masked unseen. */
const MAX_WORK = 1_000_000;
/** Longest text that is searched at all. */
const MAX_TEXT_CHARS = 100_000;

/** Cleans foreign text, hides the codes and the secrets in it, and cuts it to `maxChars`. */
export type Hide = (text: string, maxChars: number) => string;

/** Where codes stand in a supplier's answers, and what is hidden beside them. */
export type Hidden = {
  /** Names, as `plainName` spells them, under which every text may be a code. */
  codeFields: ReadonlySet<string>;
  /** A word for where an order stands is no code, wherever it is met. */
  isStateWord: (text: string) => boolean;
  secrets: readonly string[];
};

/**
 * A `Hide` for everything shown of one order answer: suppliers repeat codes in messages and names.
 * Looks for every text inside any of the code fields, and fails closed where that would take too long.
 */
export function codeHider(answer: Json, hidden: Hidden): Hide {
  return textHider(codesIn(answer, hidden), hidden.secrets);
}

/** The same for codes that are known, longest first, so that none is found as a part of another. */
export function textHider(known: Iterable<string>, secrets: readonly string[]): Hide {
  const all = [...new Set(known)];
  const codes = all.length > MAX_CODES ? all : all.sort((a, b) => b.length - a.length);
  let workLeft = MAX_WORK;
  return (text, maxChars) => {
    if (text === "") return "";
    workLeft -= codes.length * Math.ceil(text.length / 1000);
    if (workLeft < 0 || codes.length > MAX_CODES || text.length > MAX_TEXT_CHARS) return mask(text);
    // Cut only after hiding: the cut could fall inside a code and leave its first half to be seen.
    const shown = codes.reduce(
      (seen, code) => (seen.includes(code) ? seen.replaceAll(code, mask(code)) : seen),
      cleanText(text, MAX_TEXT_CHARS),
    );
    return cleanText(hideSecrets(shown, secrets), maxChars);
  };
}

/** `•••• (12 characters)` */
export function mask(text: string): string {
  return `•••• (${text.length} ${text.length === 1 ? "character" : "characters"})`;
}

/** Every text inside any of the code fields that is long enough to be a code. */
function codesIn(answer: Json, { codeFields, isStateWord }: Hidden): Set<string> {
  const found = new Set<string>();
  const collect = (value: Json, inside: boolean): void => {
    if (Array.isArray(value)) {
      for (const one of value) collect(one, inside);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        collect(one, inside || codeFields.has(plainName(key)));
      }
    } else if (inside && (typeof value === "string" || typeof value === "number")) {
      const text = cleanText(String(value), MAX_TEXT_CHARS);
      if (text.length >= MIN_CODE_CHARS && !isStateWord(text)) found.add(text);
    }
  };
  collect(answer, false);
  return found;
}

/** Every answer has the same few names; bounded, since it is the supplier who chooses them. */
const plainNames = new Map<string, string>();
const MAX_NAMES_KEPT = 500;
const MAX_KEPT_CHARS = 40;

/** A field name for comparison: `external_data` and `externalData` are the same. */
export function plainName(key: string): string {
  const known = plainNames.get(key);
  if (known !== undefined) return known;
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (key.length <= MAX_KEPT_CHARS && plainNames.size < MAX_NAMES_KEPT) plainNames.set(key, plain);
  return plain;
}
