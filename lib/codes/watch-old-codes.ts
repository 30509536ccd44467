import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import { OLD_AFTER_HOURS, OLD_UNUSUAL } from "./reveal-limits.ts";

const HOUR_MS = 3_600_000;

type Key = Extract<Actor, { kind: "key" }>;
type Stored = { id: string; storedAt: Date; isMock: boolean };

/**
 * Those that came so long ago that a shop has fetched them, mostly; none where one of them is new, since an order
 * that comes in parts is fetched again. Mock codes are worth nothing.
 */
export function oldOnes<Code extends Stored>(codes: readonly Code[], now: Date): Code[] {
  const isOld = ({ storedAt }: Code) =>
    now.getTime() - storedAt.getTime() > OLD_AFTER_HOURS * HOUR_MS;
  return codes.every(isOld) ? codes.filter(({ isMock }) => !isMock) : [];
}

/** To be taken before any code is locked, as those who reveal do: what a key opens is counted one after the other. */
export async function lockWatch(tx: Tx, key: Key): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`reveals ${key.id}`}, 0))`;
}

/**
 * Tells others once that a key opens unusually many old codes, by itself or by the links that it is told. To be
 * called under `lockWatch`, in the transaction that opens them; their audit entries say `old`.
 * @param opened ids of old codes
 */
export async function watchOldCodes(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: Key,
  opened: readonly string[],
): Promise<void> {
  const since = new Date(core.now().getTime() - HOUR_MS);
  // The first "action in" is what the index of reveals is for.
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(distinct id)::int as count from (
      select object_id as id from audit_entries
      where action in ('code.revealed', 'code.handed_out') and action = 'code.revealed'
        and actor_id = ${key.id} and at > ${since} and details->>'old' = 'true'
      union all
      select c.id::text from audit_entries e join codes c on c.order_id = e.object_id::uuid
      where e.action = 'claim_link.told' and e.actor_kind = 'key' and e.actor_id = ${key.id} and e.at > ${since}
        and e.details->>'old' = 'true' and c.state = 'handed_out'
      union all select unnest(${opened}::text[])) of`;
  const count = row?.count ?? 0;
  if (count < OLD_UNUSUAL) return;
  await openSystemSignal(tx, core, "key_opens_old_codes", key.id, { count });
}
