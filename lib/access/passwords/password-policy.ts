import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "../password-limits.ts";
import { isCommonWord } from "./common-passwords.ts";

export type PasswordProblem = "short" | "long" | "common" | "personal";

/** Of what isn't the person's own name or ours, at least so much has to be there. */
const LEAST_BESIDE_NAMES = 8;
const SHORTEST_NAME = 4;
/** Fewer different characters are a pattern, not a password. */
const LEAST_DIFFERENT = 5;

const LOOKALIKES: Record<string, string> = {
  ...{ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t" },
  ...{ "@": "a", $: "s", "!": "i" },
};

/** What speaks against a password that somebody chose for himself; null where nothing does. */
export async function passwordProblem(
  password: string,
  person: { name: string; email: string },
): Promise<PasswordProblem | null> {
  const { length } = [...password];
  if (length < SHORTEST_PASSWORD) return "short";
  if (password.length > LONGEST_PASSWORD) return "long";
  const lower = password.normalize("NFKC").toLowerCase();
  if (isPattern(lower)) return "common";
  if ([...withoutNames(lower, person)].length < LEAST_BESIDE_NAMES) return "personal";
  for (const form of formsOf(lower)) if (await isCommonWord(form)) return "common";
  return null;
}

/** One or few characters over and over, or a run such as 123456789012. */
function isPattern(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(
    codes.slice(1).map((code, index) => (code - (codes[index] ?? 0) + 10) % 10),
  );
  const isDigits = /^\d+$/.test(text);
  const exact = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  const isRun = isDigits ? steps.size === 1 : exact.size === 1;
  return new Set(codes).size < LEAST_DIFFERENT || isRun;
}

/** As it is, without what is hung on it, once where it is said again and again; each also with lookalikes read. */
function formsOf(lower: string): string[] {
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const unit = /^(.{2,}?)[\s._-]?(?:\1[\s._-]?)+$/su.exec(lower)?.[1];
  const plain = [lower, core, ...(unit === undefined ? [] : [unit])];
  const read = plain.map((form) =>
    form.replace(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign),
  );
  return [...new Set([...plain, ...read])];
}

function withoutNames(lower: string, { name, email }: { name: string; email: string }): string {
  const words = [name, ...email.split("@")]
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .concat("keyhold")
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_NAME)
    .sort((left, right) => right.length - left.length);
  return words.reduce((rest, word) => rest.replaceAll(word, ""), lower);
}
