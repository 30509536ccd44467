import type { AuditRow } from "#lib/audit/types.ts";

export type Change = { name: string; before: string | null; after: string | null };

/** What was otherwise before, field by field, in the order of what is since; null for what wasn't there. */
export function changesOf({ before, after }: Pick<AuditRow, "before" | "after">): Change[] {
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  return [...names].map((name) => ({
    name,
    before: textOf(before?.[name]),
    after: textOf(after?.[name]),
  }));
}

/** Facts beside it, as they are written. */
export const factsOf = (details: AuditRow["details"]): { name: string; value: string }[] =>
  Object.entries(details).map(([name, value]) => ({ name, value: textOf(value) ?? "" }));

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
