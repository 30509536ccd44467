import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { permissionsOf, SCOPES, type Scope } from "#lib/access/permissions.ts";
import type { Core } from "#lib/platform/core.ts";
import type { ApiKey } from "#prisma/generated/client.ts";
import type { KeysRoomView, KeyView } from "./types.ts";

/** Every key, newest first; those that are over last. Throws `forbidden`. */
export async function readKeys(core: Core, actor: Actor): Promise<KeyView[]> {
  requirePermission(actor, "api_keys.manage");
  const rows = await core.db.apiKey.findMany({ orderBy: { id: "desc" } });
  const views = rows.map((row) => viewOf(row, core.now()));
  const isOn = ({ state }: KeyView) => state === "active";
  return [...views.filter(isOn), ...views.filter((view) => !isOn(view))];
}

function viewOf(row: ApiKey, now: Date): KeyView {
  const { previousPrefix, previousUntil } = row;
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    state: row.revokedAt ? "revoked" : row.expiresAt && row.expiresAt <= now ? "expired" : "active",
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    allowedFrom: row.allowedFrom,
    ratePerMinute: row.ratePerMinute,
    ownOrdersOnly: row.ownOrdersOnly,
    spendPerDay: row.spendPerDay as Record<string, string>,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    previous:
      previousPrefix && previousUntil && previousUntil > now
        ? { prefix: previousPrefix, until: previousUntil.toISOString() }
        : null,
  };
}

/** The page's read: the keys, and when that was. */
export async function readKeysRoom(core: Core, actor: Actor): Promise<KeysRoomView> {
  const keys = await readKeys(core, actor);
  return { keys, mayGive: givableBy(actor), readAt: core.now().toISOString() };
}

/** Scopes whose every right the person has. */
const givableBy = (actor: Actor): Scope[] =>
  SCOPES.filter((scope) => permissionsOf(scope).every((permission) => can(actor, permission)));
