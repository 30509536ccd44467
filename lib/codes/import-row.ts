import type { Json } from "#lib/platform/json.ts";
import type { ImportRow } from "./import-policy.ts";

/** The row as it is sealed: the code alone, or its parts by name, as `partsOf` takes them apart again. */
export function rawOfRow({ code, pin, serial, expiry, url, others = [] }: ImportRow): Json {
  const parts: [string, string][] = [["code", code.trim()]];
  for (const [name, text] of Object.entries({ pin, serial, expiry, url })) {
    if (text?.trim()) parts.push([name, text.trim()]);
  }
  for (const [label, text] of others) {
    if (text.trim()) parts.push([unused(label.trim() || "text", parts), text.trim()]);
  }
  return parts.length === 1 ? code.trim() : Object.fromEntries(parts);
}

/** Two columns of one name are kept both. */
function unused(label: string, parts: [string, string][]): string {
  let name = label;
  for (let n = 2; parts.some(([taken]) => taken === name); n++) name = `${label} ${n}`;
  return name;
}
