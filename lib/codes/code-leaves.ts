import type { Json } from "#lib/platform/json.ts";
import { namesPart, type PartName } from "./field-names.ts";

/** One text of an entry. `name` is what may say which part it is; null where it is one of several alike. */
export type Leaf = { label: string; name: string | null; text: string };

/** Beyond these an entry is nothing that somebody reads field by field. */
const MOST_LEAVES = 100;
const MOST_DEPTH = 6;
const MOST_LABEL_CHARS = 80;
const MOST_PARSED_CHARS = 100_000;

/** The texts of an entry in their order, blank ones left out; null for what is too much to take apart. */
export function leavesOf(raw: Json): Leaf[] | null {
  const leaves: Leaf[] = [];
  const whole = typeof raw === "string" ? (parsedObject(raw) ?? raw) : raw;
  if (typeof whole === "string") {
    const lines = labelledLines(whole);
    if (lines) return lines;
  }
  return collect(whole, "", "", 0, leaves) ? leaves : null;
}

/**
 * Takes the text that best names the part out of the leaves; of two as good, the first.
 * @param nameOf what of a leaf may name it, unless it is one of several alike
 */
export function takePart(
  leaves: Leaf[],
  part: PartName,
  fits: (text: string) => boolean = () => true,
  nameOf: (leaf: Leaf & { name: string }) => string = ({ name }) => name,
): string | null {
  let best = -1;
  let bestRank = Number.POSITIVE_INFINITY;
  leaves.forEach(({ name, ...leaf }, at) => {
    const rank = name === null ? null : namesPart(nameOf({ name, ...leaf }), part);
    if (rank === null || rank >= bestRank || !fits(leaf.text)) return;
    best = at;
    bestRank = rank;
  });
  return best < 0 ? null : takeAt(leaves, best);
}

/** Takes the first text that fits, whatever it is called, unless it is one of several alike. */
export function takeFirst(leaves: Leaf[], fits: (leaf: Leaf) => boolean): string | null {
  const at = leaves.findIndex((leaf) => leaf.name !== null && fits(leaf));
  return at < 0 ? null : takeAt(leaves, at);
}

const takeAt = (leaves: Leaf[], at: number): string | null => leaves.splice(at, 1)[0]?.text ?? null;

/** False when it is too much. */
function collect(
  entry: Json,
  label: string,
  name: string | null,
  depth: number,
  into: Leaf[],
): boolean {
  if (entry === null || typeof entry !== "object") {
    const text = String(entry ?? "").trim();
    if (text !== "") into.push({ label, name, text });
    return into.length <= MOST_LEAVES;
  }
  if (depth === MOST_DEPTH) return false;
  if (!Array.isArray(entry)) {
    return Object.entries(entry).every(([key, one]) =>
      collect(one, join(label, key), name === null ? null : key, depth + 1, into),
    );
  }
  // A list of one is that one.
  if (entry.length === 1) return collect(entry[0] ?? null, label, name, depth + 1, into);
  return entry.every((one, at) => collect(one, join(label, String(at + 1)), null, depth + 1, into));
}

function join(label: string, key: string): string {
  const short = key.length > MOST_LABEL_CHARS ? `${key.slice(0, MOST_LABEL_CHARS)}…` : key;
  return label === "" ? short : `${label} › ${short}`;
}

function parsedObject(text: string): Json | null {
  if (!/^\s*\{/.test(text) || text.length > MOST_PARSED_CHARS) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

const LINE = /^([\p{L}][\p{L}\p{N} _-]{0,40}?)\s*[:=]\s*(\S.*)$/u;
const BETWEEN = /[\r\n|;]+|,\s+(?=\p{L}[\p{L}\p{N} _-]{0,40}[:=])/u;
/** What is left of a line holds a name again: it isn't known where one text ends. */
const NAMED_AGAIN = /\s\p{L}[\p{L} ]{0,40}[:=]/u;
const LINE_PARTS: PartName[] = [
  ...(["code", "pin", "serial", "url", "iccid"] as const),
  ...(["expiry", "expiryYear", "expiryMonth", "expiryDay"] as const),
];

/** `Code: ABCD | PIN: 1234`, where each piece has a name that is known. */
function labelledLines(text: string): Leaf[] | null {
  if (text.length > 2_000 || !/[:=]/.test(text)) return null;
  const pieces = text
    .split(BETWEEN)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
  const leaves: Leaf[] = [];
  for (const piece of pieces) {
    const [, name = "", said = ""] = LINE.exec(piece) ?? [];
    if (!LINE_PARTS.some((part) => namesPart(name, part) !== null)) return null;
    if (NAMED_AGAIN.test(said)) return null;
    leaves.push({ label: name, name, text: said.trim() });
  }
  return leaves.length > 0 ? leaves : null;
}
