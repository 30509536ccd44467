import type { Core } from "#lib/platform/core.ts";
import type { AuditObjectKind } from "./types.ts";

export type StoryLine = {
  seq: bigint;
  at: Date;
  actorName: string;
  action: string;
  reason: string | null;
  details: unknown;
};

/** Only entries of these actions, or all; only those whose details name this code. */
export type StoryOf = {
  objectKind: AuditObjectKind;
  objectId: string;
  action?: string;
  codeId?: string;
};

/** The latest of what was done to any of these objects, oldest first. */
export async function auditStoryOf(
  core: Core,
  objects: StoryOf[],
  most: number,
): Promise<StoryLine[]> {
  const rows = await core.db.auditEntry.findMany({
    where: {
      OR: objects.map(({ codeId, ...object }) => ({
        ...object,
        ...(codeId ? { details: { path: ["codeId"], equals: codeId } } : {}),
      })),
    },
    orderBy: { seq: "desc" },
    take: most,
    select: { seq: true, at: true, actorName: true, action: true, reason: true, details: true },
  });
  return rows.reverse();
}
