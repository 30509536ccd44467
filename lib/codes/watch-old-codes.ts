import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import { OLD_AFTER_HOURS, OLD_UNUSUAL } from "./reveal-limits.ts";

const HOUR_MS = 3_600_000;

/** Came so long ago that a shop has fetched it, mostly. */
export const isOld = ({ storedAt }: { storedAt: Date }, now: Date): boolean =>
  now.getTime() - storedAt.getTime() > OLD_AFTER_HOURS * HOUR_MS;

/**
 * Tells others once that a key opens unusually many old codes. To be called in the transaction that opens some,
 * before the audit log has them. Those of others that do so at the same moment may be missed until the next one.
 * @param opened ids of old codes
 */
export async function watchOldCodes(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: Extract<Actor, { kind: "key" }>,
  opened: readonly string[],
): Promise<void> {
  if (opened.length === 0) return;
  const since = new Date(core.now().getTime() - HOUR_MS);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(distinct id)::int as count from (
      select object_id as id from audit_entries
      where action in ('code.revealed', 'code.handed_out') and action = 'code.revealed'
        and actor_id = ${key.id} and at > ${since} and details->>'old' = 'true'
      union all select unnest(${opened}::text[])) of`;
  const count = row?.count ?? 0;
  if (count < OLD_UNUSUAL) return;
  await openSystemSignal(tx, core, "key_opens_old_codes", key.id, { count });
}
