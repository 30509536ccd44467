export type CodeField = { label: string; text: string };

/**
 * The fields of a code that is a JSON object (an account, an eSIM), for reading; null for every
 * other code. Copying still takes the text as it came.
 */
export function fieldsOfCode(value: string): CodeField[] | null {
  if (!value.startsWith("{")) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const fields = Object.entries(parsed)
    .filter(([, entry]) => entry !== null && entry !== "")
    .map(([label, entry]) => ({
      label,
      text: typeof entry === "object" ? JSON.stringify(entry) : String(entry),
    }));
  return fields.length > 0 ? fields : null;
}
