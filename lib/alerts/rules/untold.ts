import { Prisma } from "#prisma/generated/client.ts";

/** What failed longer ago and was never said is of no use to anybody any more. */
export const LATELY_MS = 7 * 24 * 60 * 60_000;

/**
 * Of a delivery `d`: all its tries failed, no other one brought the event to the endpoint, and it isn't among what an
 * ended signal told of.
 * @param ended when the last failure was that signals which ended told of, as their data's `at` has it; a subselect
 */
export const isUntold = (ended: Prisma.Sql): Prisma.Sql => Prisma.sql`
  d.state = 'failed'
  and not exists (
    select from deliveries l
    where l.event_id = d.event_id and l.endpoint_id = d.endpoint_id and l.state = 'success')
  -- Signals tell their time by the millisecond.
  and date_trunc('milliseconds', d.finished_at) > coalesce((${ended}), '-infinity')`;
