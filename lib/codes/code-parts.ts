import type { Json } from "#lib/platform/json.ts";
import { leavesOf, takeFirst, takePart } from "./code-leaves.ts";
import { type Esim, takeEsim } from "./esim.ts";
import { readExpiry } from "./expiry-policy.ts";
import { takeExpiry } from "./take-expiry.ts";

/** A code taken apart for a person. Each text of the entry is one of the parts or one of `others`. */
export type CodeParts = {
  code: string | null;
  pin: string | null;
  serial: string | null;
  /** As it was written; `at` is ISO where the writing is surely a date. */
  expiry: { text: string; at: string | null } | null;
  /** http or https, without a user's name in it. */
  url: string | null;
  esim: Esim | null;
  /** What else came with it. A label says the way to the field: `card › issuer`. */
  others: { label: string; text: string }[];
};

/**
 * Takes a stored code apart. Never throws, whatever a supplier sent.
 * @param value what a person copies; the code itself where nothing can be taken apart
 * @param raw the entry as it was sent: a word, an object, lines like `PIN: 1234`, JSON in a text
 */
export function partsOf(value: string, raw: Json): CodeParts {
  const leaves = leavesOf(raw);
  if (leaves === null || leaves.length === 0) return { ...NO_PARTS, code: value };
  const esim = takeEsim(leaves);
  const url = takePart(leaves, "url", isSafeUrl) ?? takeFirst(leaves, isBareUrl);
  const code = takePart(leaves, "code") ?? takeFirst(leaves, ({ name }) => name === "");
  const pin = takePart(leaves, "pin");
  const serial = takePart(leaves, "serial");
  const expiry = takeExpiry(leaves);
  return {
    code,
    pin,
    serial,
    expiry: expiry === null ? null : { text: expiry, at: isoOf(readExpiry(expiry)) },
    url,
    esim,
    others: leaves.map(({ label, text }) => ({ label, text })),
  };
}

/**
 * When the entry says that it expires: in a field or line of that name. Null where it says nothing that
 * is surely a date; see `readExpiry`. Never throws.
 */
export function expiryOf(raw: Json): Date | null {
  // Nearly all codes are one word.
  if (typeof raw !== "object" && !/[:={]/.test(String(raw))) return null;
  return readExpiry(takeExpiry(leavesOf(raw) ?? []));
}

const NO_PARTS: CodeParts = {
  code: null,
  pin: null,
  serial: null,
  expiry: null,
  url: null,
  esim: null,
  others: [],
};

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const isBareUrl = ({ name, text }: { name: string | null; text: string }): boolean =>
  name === "" && isSafeUrl(text);

function isSafeUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(text)) return false;
  try {
    const { username, password } = new URL(text);
    return username === "" && password === "";
  } catch {
    return false;
  }
}
