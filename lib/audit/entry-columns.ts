import { Prisma } from "#prisma/generated/client.ts";

/** The columns of a row `e`, all but `seq` and the key, as `ChainedEntry` spells them. */
export const ENTRY_COLUMNS = Prisma.sql`
  (extract(epoch from e.at) * 1000)::bigint::text as at,
  e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName",
  e.action, e.object_kind as "objectKind", e.object_id as "objectId", e.reason,
  e.details::text as details, e.before::text as before, e.after::text as after,
  e.address, e.agent, e.correlation_id as "correlationId"`;
