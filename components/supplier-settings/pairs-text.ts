type Value = string | number | boolean | null;

/** Lines `name = value` of an object; what is an object or a list itself has a field of its own. */
export function writePairs(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  return Object.entries(value)
    .filter(([, one]) => typeof one !== "object" || one === null)
    .map(([name, one]) => `${name} = ${one ?? ""}`.trimEnd())
    .join("\n");
}

/**
 * The other way round; null where a line is no pair, or a name stands twice. A value that is left empty is
 * nothing, which is not the same as leaving the line out.
 */
export function readPairs(text: string, typed: boolean): Record<string, Value> | null {
  const pairs: [string, Value][] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const at = line.indexOf("=");
    const name = line.slice(0, Math.max(0, at)).trim();
    if (name === "" || pairs.some(([known]) => known === name)) return null;
    pairs.push([name, readValue(line.slice(at + 1).trim(), typed)]);
  }
  return Object.fromEntries(pairs);
}

function readValue(text: string, typed: boolean): Value {
  if (!typed) return text === "" ? null : text;
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : text;
}
