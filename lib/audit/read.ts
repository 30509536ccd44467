import type { Core } from "#lib/platform/core.ts";
import type { AuditObjectKind } from "./types.ts";

export type AuditLine = {
  at: Date;
  actorName: string;
  action: string;
  reason: string | null;
  details: unknown;
};

/**
 * What was done to these objects, oldest first.
 * @param action only entries of this one
 */
export async function auditTrailOf(
  core: Core,
  objectKind: AuditObjectKind,
  objectIds: string | string[],
  action?: string,
): Promise<AuditLine[]> {
  const objectId = typeof objectIds === "string" ? objectIds : { in: objectIds };
  return core.db.auditEntry.findMany({
    where: { objectKind, objectId, ...(action ? { action } : {}) },
    orderBy: { seq: "asc" },
    select: { at: true, actorName: true, action: true, reason: true, details: true },
  });
}
