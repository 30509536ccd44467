import type { Core } from "#lib/platform/core.ts";

export type AuditLine = { at: Date; actorName: string; action: string; details: unknown };

/** What was done to an object, oldest first. */
export async function auditTrailOf(
  core: Core,
  objectKind: "order" | "user",
  objectId: string,
): Promise<AuditLine[]> {
  return core.db.auditEntry.findMany({
    where: { objectKind, objectId },
    orderBy: { seq: "asc" },
    select: { at: true, actorName: true, action: true, details: true },
  });
}
