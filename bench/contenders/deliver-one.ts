import { openEndpoint } from "#lib/deliveries/open-endpoint.ts";
import { bodyOf } from "#lib/events/body-of.ts";
import type { Keyhold } from "../world/keyhold.ts";

/** What a queue carries: ids only. */
export type DeliveryJob = { deliveryId: string };

/**
 * What a worker of any queue would have to do for a delivery: read the event, sign it and send it as Keyhold's
 * channel does, guard and all, and write down the try and what came of it, in one statement.
 */
export async function deliverOne(keyhold: Keyhold): Promise<(job: DeliveryJob) => Promise<void>> {
  const [row] = await keyhold.db.endpoint.findMany();
  if (!row) throw new Error("There is no endpoint.");
  const endpoint = await openEndpoint(keyhold, row);
  const channel = keyhold.channels.of("webhook");
  return async ({ deliveryId }) => {
    const { event } = await keyhold.db.delivery.findUniqueOrThrow({
      where: { id: deliveryId },
      select: { event: true },
    });
    const message = {
      ...bodyOf(event, null),
      id: event.id,
      type: event.type,
      at: event.at,
      consoleUrl: null,
      resendId: null,
      group: event.subject,
    };
    const outcome = await channel.send(endpoint, message, AbortSignal.timeout(15_000));
    if (outcome.kind !== "accepted") throw new Error(outcome.answer);
    const request = JSON.stringify(channel.show(endpoint, message));
    await keyhold.db.$executeRaw`
      with tried as (
        insert into delivery_attempts (id, delivery_id, endpoint_id, number, started_at, finished_at, outcome, status, request)
        values (gen_random_uuid(), ${deliveryId}::uuid, ${row.id}::uuid, 1, now(), now(), 'accepted', ${outcome.status}, ${request}::jsonb))
      update deliveries set state = 'success', tries = 1, next_attempt_at = null, finished_at = now()
      where id = ${deliveryId}::uuid`;
  };
}

export async function dueDeliveries(keyhold: Keyhold): Promise<DeliveryJob[]> {
  const rows = await keyhold.db.delivery.findMany({ where: { state: "pending" } });
  return rows.map(({ id }) => ({ deliveryId: id }));
}
