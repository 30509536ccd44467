import type { DeliveryFilter } from "#lib/deliveries/delivery-filter.ts";
import { DELIVERY_STATES, stateWord } from "#lib/deliveries/lifecycle.ts";
import { listDeliveries } from "#lib/deliveries/read-deliveries.ts";
import type { Core } from "#lib/platform/core.ts";
import type { KeyActor } from "./check-key.ts";

type Asked = {
  orderId?: string | undefined;
  state?: string[] | undefined;
  type?: DeliveryFilter["type"];
  after?: string | undefined;
};

/** A page of deliveries, newest first, with states as outsiders know them. Throws `forbidden`. */
export async function readDeliveriesFor(
  core: Core,
  actor: KeyActor,
  { orderId, state, type, after }: Asked,
) {
  const { rows, next } = await listDeliveries(core, actor, {
    order: orderId,
    state: state && DELIVERY_STATES.filter((known) => state.includes(stateWord(known))),
    type,
    after,
  });
  const data = rows.map((row) => ({
    id: row.id,
    eventId: row.eventId,
    eventType: row.eventType,
    orderId: row.orderId,
    state: stateWord(row.state),
    reason: row.reason,
    tries: row.tries,
    nextAttemptAt: row.nextAttemptAt,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    endpoint: row.endpoint && {
      id: row.endpoint.id,
      name: row.endpoint.name,
      channel: row.endpoint.channel,
    },
  }));
  return { data, next };
}
