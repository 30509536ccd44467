import type { Json } from "../port.ts";
import { limits } from "./limits.ts";

export type ParsedJson = { ok: true; json: Json } | { ok: false; problem: string };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Parses a supplier's JSON without losing digits: a number that JavaScript cannot hold exactly as
 * written (a 19-digit PIN, `1.10`, `1e3`) becomes a string of its literal text. Refuses nesting
 * beyond `limits.depth` before anything recursive sees it.
 */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === "") return { ok: false, problem: "the answer is empty" };
  const quoted = quoteInexactNumbers(text);
  if (quoted === null) return { ok: false, problem: "the answer is nested too deeply" };
  try {
    // As sent first: quotes can make sense of what made none, such as `{1.10: 1}`.
    const json = JSON.parse(text) as Json;
    return { ok: true, json: quoted === text ? json : (JSON.parse(quoted) as Json) };
  } catch {
    return { ok: false, problem: "the answer is not complete JSON" };
  }
}

/** The text with each inexact number literal in quotes, or null when it is nested too deeply. */
function quoteInexactNumbers(text: string): string | null {
  const pieces: string[] = [];
  let copiedTo = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
    } else if (char === 91 || char === 123) {
      if (++depth > limits.depth) return null;
    } else if (char === 93 || char === 125) {
      depth--;
    } else if (char === 45 || (char >= 48 && char <= 57)) {
      const end = endOfNumber(text, at);
      const literal = text.slice(at, end);
      if (String(Number(literal)) !== literal && NUMBER.test(literal)) {
        pieces.push(text.slice(copiedTo, at), '"', literal, '"');
        copiedTo = end;
      }
      at = end - 1;
    }
  }
  return copiedTo === 0 ? text : pieces.join("") + text.slice(copiedTo);
}

/** Index of the closing quote, or the last index when there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) return at;
    at += char === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

/** Index after the last character that may belong to a number. */
function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && "0123456789.eE+-".includes(text.charAt(at))) at++;
  return at;
}
