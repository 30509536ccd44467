import { firstIdAt } from "#lib/deliveries/delivery-condition.ts";
import type { Core } from "#lib/platform/core.ts";
import type { DeliveryFigures } from "./types.ts";

const RECENT_MS = 24 * 60 * 60 * 1_000;
/** Of the day's the newest: a busy shop's page takes no longer. */
const LOOKED_AT = 10_000;

type Row = { success: number; failed: number; pending: number; oldest: Date | null };

/** How deliveries went that were begun in the last 24 hours, and what waits, whatever its age; by indexes alone. */
export async function readDeliveryFigures({ db, now }: Core): Promise<DeliveryFigures> {
  const since = new Date(now().getTime() - RECENT_MS);
  const begun = firstIdAt(since);
  const [beyond] = await db.$queryRaw<{ id: string }[]>`
    select id::text from deliveries where id >= ${begun}::uuid order by deliveries.id desc offset ${LOOKED_AT} limit 1`;
  const from = beyond?.id ?? begun;
  const [row] = await db.$queryRaw<Row[]>`
    select
      (select count(*)::int from deliveries where state = 'success' and id >= ${from}::uuid) as success,
      (select count(*)::int from deliveries where state = 'failed' and id >= ${from}::uuid) as failed,
      (select count(*)::int from (select from deliveries where state = 'pending' limit ${LOOKED_AT}) d) as pending,
      (select created_at from deliveries where state = 'pending' order by id limit 1) as oldest`;
  const { success = 0, failed = 0, pending = 0, oldest = null } = row ?? {};
  return {
    since: since.toISOString(),
    ...{ success, failed, pending },
    isCapped: beyond !== undefined || pending === LOOKED_AT,
    oldestPendingAt: oldest?.toISOString() ?? null,
  };
}
