import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { AT_START, lockFirstOwner } from "./lock-first-owner.ts";
import { GRANTS } from "./permissions.ts";

/**
 * Makes an admin the owner where there is none: installations that are older than owners have only admins. Here
 * and not in a migration, since the build before, which still serves then, can't read such a row.
 */
export async function promoteFirstOwner(core: Core): Promise<void> {
  const { db, log } = core;
  if (await isDone(db)) return;
  await db.$transaction(async (tx) => {
    await lockFirstOwner(tx);
    if (await isDone(tx)) return;
    const admin = await mostRecentAdmin(tx);
    if (!admin) {
      log.warn("Nobody is the owner: make one with keyhold user set <e-mail> --role owner.");
      return;
    }
    const { id, role, grants } = admin;
    const after = { role: "owner" as const, grants: [...GRANTS] };
    await tx.user.update({ where: { id }, data: after });
    await appendAuditEntry(tx, core, AT_START, {
      ...{ action: "user.made-first-owner", objectKind: "user", objectId: id },
      reason: "There was no owner.",
      ...{ before: { role, grants }, after },
      ...OWN_REQUEST,
    });
    log.info({ userId: id }, "an admin is the first owner");
  }, PATIENT);
}

async function isDone(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ done: boolean }[]>`
    select exists (select from users where role = 'owner') or not exists (select from users) as done`;
  return row?.done ?? true;
}

/** By his last session, else the oldest: one who left long ago would be somebody whom no admin may touch. */
async function mostRecentAdmin(tx: Tx) {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select u.id::text from users u
    where u.role = 'admin' and u.disabled_at is null
    order by (select max(s.last_used_at) from sessions s where s.user_id = u.id) desc nulls last, u.created_at, u.id
    limit 1`;
  return row ? tx.user.findUniqueOrThrow({ where: { id: row.id } }) : null;
}
