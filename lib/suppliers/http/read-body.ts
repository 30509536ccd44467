import { isUtf8 } from "node:buffer";
import type { Body } from "./outcome.ts";
import { parseJson } from "./parse-json.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/** The body of an answer that has arrived whole. */
export function readBody(bytes: Uint8Array): Body {
  // Never repaired: a replacement character inside a code would be a lost code.
  if (!isUtf8(bytes)) return { kind: "unreadable", problem: "the answer is not UTF-8" };
  const { buffer, byteOffset, byteLength } = bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  const parsed = parseJson(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  return parsed.ok
    ? { kind: "json", json: parsed.json }
    : { kind: "unreadable", problem: parsed.problem };
}
