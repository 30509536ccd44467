import { AUDIT_ACTOR_KINDS, AUDIT_OBJECT_KINDS, type AuditFilter } from "./types.ts";

/** Whoever types more than this into a filter means something else. */
const LONGEST = 200;

/** The names in an address, the same on the page, in its live read and in the export. */
export const AUDIT_FILTER_NAMES = [
  "actorKind",
  "actor",
  "action",
  "objectKind",
  "object",
  "correlation",
  "since",
  "until",
] as const;

/** Reads a filter off an address; junk in it is left out, never an error. Pure. */
export function readAuditFilter(get: (name: string) => string | null): AuditFilter {
  const text = (name: string): string | null =>
    (get(name) ?? "").replaceAll("\0", "").trim().slice(0, LONGEST) || null;
  return {
    actorKind: AUDIT_ACTOR_KINDS.find((kind) => kind === get("actorKind")) ?? null,
    actor: text("actor"),
    action: text("action"),
    objectKind: AUDIT_OBJECT_KINDS.find((kind) => kind === get("objectKind")) ?? null,
    object: text("object"),
    correlation: text("correlation"),
    since: readTime(get("since")),
    until: readTime(get("until")),
  };
}

function readTime(text: string | null): string | null {
  if (text === null || text.length > 40) return null;
  const at = new Date(text);
  const year = at.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? at.toISOString() : null;
}
