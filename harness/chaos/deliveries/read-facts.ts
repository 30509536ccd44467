import type { ChaosDatabase } from "../database.ts";
import type { DeliveryFacts, Receipt, ToldEndpoint, ToldEvent, TriedDelivery } from "./facts.ts";
import type { Receiver } from "./receivers.ts";

/** @param pauses by endpoint */
export async function readFacts(
  database: ChaosDatabase,
  receivers: readonly Receiver[],
  pauses: ReadonlyMap<string, ToldEndpoint["pauses"]>,
): Promise<DeliveryFacts> {
  const received = new Map<string, Receipt[]>();
  for (const receiver of receivers) received.set(receiver.name, await receiver.received());
  const events = await database.rows<ToldEvent>(
    `select id::text, order_id::text as "orderId", sequence from events
     where type in ('balance.low', 'order.stalled') order by id`,
  );
  const endpoints = await database.rows<Omit<ToldEndpoint, "pauses">>(
    `select name, is_ordered as "isOrdered", disabled_at as "disabledAt" from endpoints`,
  );
  const deliveries = await database.rows<TriedDelivery & { attempts: RawAttempt[] }>(
    `select d.id::text, d.event_id::text as "eventId", e.name as endpoint, d.state::text, d.reason, d.tries,
       coalesce(json_agg(json_build_object('number', a.number, 'outcome', a.outcome, 'startedAt', a.started_at)
         order by a.number) filter (where a.id is not null), '[]') as attempts
     from deliveries d join endpoints e on e.id = d.endpoint_id
     left join delivery_attempts a on a.delivery_id = d.id
     group by d.id, e.name`,
  );
  return {
    events,
    endpoints: endpoints.map((each) => ({ ...each, pauses: pauses.get(each.name) ?? [] })),
    deliveries: deliveries.map((each) => ({
      ...each,
      attempts: each.attempts.map((attempt) => ({
        ...attempt,
        startedAt: new Date(attempt.startedAt),
      })),
    })),
    received,
  };
}

type RawAttempt = { number: number; outcome: string | null; startedAt: Date };
