import type { Tx } from "#lib/platform/db.ts";
import { RESUME_WITHIN_MS } from "./alert-policy.ts";

/**
 * Of alerts that have come back after a short while (`opened_at` is now): those that somebody had taken are still
 * his, for as long as he said. The caller holds `lockAlerts`, and plans notices after this.
 */
export async function keepAcknowledged(
  tx: Pick<Tx, "$executeRaw">,
  alertIds: readonly string[],
  now: Date,
): Promise<void> {
  if (alertIds.length === 0) return;
  await tx.$executeRaw`
    update alerts a set state = 'acknowledged', acknowledged_until = taken.until
    from (
      select distinct on (n.alert_id) n.alert_id, n.kind, (n.data->>'until')::timestamptz as until
      from alert_entries n
      where n.alert_id = any(${[...alertIds]}::uuid[])
        and (n.kind in ('acknowledged', 'lapsed', 'snoozed', 'woken') or n.actor_name is not null
          and n.kind in ('resolved', 'reopened'))
      order by n.alert_id, n.id desc) taken
    where a.id = taken.alert_id and taken.kind = 'acknowledged' and taken.until > ${now}::timestamptz
      and a.state = 'open' and a.reopened > 0 and a.opened_at = ${now}::timestamptz
      and exists (
        select from alert_entries r
        where r.alert_id = a.id and r.kind = 'resolved'
          and r.at > ${new Date(now.getTime() - RESUME_WITHIN_MS)}::timestamptz)`;
}
