import type { Body } from "./outcome.ts";
import { parseJson } from "./parse-json.ts";

/** The body of an answer that has arrived whole. */
export function readBody(bytes: Uint8Array): Body {
  let text: string;
  try {
    // Fatal: a replacement character inside a code would be a lost code.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { kind: "unreadable", problem: "the answer is not UTF-8" };
  }
  const parsed = parseJson(text);
  return parsed.ok
    ? { kind: "json", json: parsed.json }
    : { kind: "unreadable", problem: parsed.problem };
}
