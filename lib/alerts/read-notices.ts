import type { DeliveryState } from "#lib/deliveries/lifecycle.ts";
import type { Db } from "#lib/platform/db.ts";

export type NoticeView = {
  at: string;
  /** An endpoint, or the person whom the mail goes to. */
  to: string;
  state: DeliveryState;
  deliveryId: string;
};

const MOST = 50;

/** Who was told of an alert, the newest first; without a check of rights: who asks has made it. */
export async function readNotices(
  db: Pick<Db, "$queryRaw">,
  alertId: string,
): Promise<NoticeView[]> {
  const rows = await db.$queryRaw<(Omit<NoticeView, "at"> & { at: Date })[]>`
    select n.at, n.data->>'to' as "to", d.state, d.id as "deliveryId"
    from alert_entries n join deliveries d on d.event_id = (n.data->>'eventId')::uuid and d.resend_of_id is null
    where n.alert_id = ${alertId}::uuid and n.kind = 'notified' and n.data ? 'eventId'
    order by n.id desc limit ${MOST}`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
