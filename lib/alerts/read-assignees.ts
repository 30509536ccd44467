import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { rolesWith } from "#lib/access/permissions.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";

const ROLES = [...rolesWith("alerts.act")];

/** Everybody whom an alert can be given to, by name. */
export async function readAssignees(
  { db }: Pick<Core, "db">,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  requirePermission(actor, "alerts.read");
  return db.user.findMany({
    where: { disabledAt: null, role: { in: ROLES } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}

/** One of them; null where that is nobody who may act on alerts. */
export async function findAssignee(
  { db }: Pick<Core, "db">,
  id: string,
): Promise<{ id: string; name: string } | null> {
  if (!isUuid(id)) return null;
  return db.user.findFirst({
    where: { id, disabledAt: null, role: { in: ROLES } },
    select: { id: true, name: true },
  });
}
