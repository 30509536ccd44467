import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { bodyOf, type Payload } from "./body-of.ts";
import { pageOf } from "./page-of.ts";
import { EVENT_TYPES } from "./types.ts";

export type FeedPage = {
  events: Payload[];
  /** The last one's id, or the one that was asked after where there is nothing new. */
  next: string | null;
  hasMore: boolean;
};

export type FeedAsked = {
  after: string | null;
  types?: readonly string[] | undefined;
  limit: number;
};

type Row = {
  id: string;
  type: string;
  version: number;
  at: Date;
  orderId: string | null;
  subject: string;
  sequence: number | null;
  data: unknown;
};

/**
 * Events that anybody may ask for, in one order that never changes: whoever goes on from the last one he had
 * gets each exactly once, whatever was committed in between. What transactions wrote that are older than one
 * still open is shown; the rest has to wait, since that one may come to stand before it. Null where `after` is
 * no event. Throws `forbidden`.
 */
export async function readFeed(
  core: Pick<Core, "db"> & { consoleUrl: string },
  actor: Actor,
  { after, types, limit }: FeedAsked,
): Promise<FeedPage | null> {
  requirePermission(actor, "deliveries.read");
  if (after !== null) {
    const known = await core.db.outboundEvent.count({ where: { id: after } });
    if (known === 0) return null;
  }
  const wanted = types?.length ? EVENT_TYPES.filter((type) => types.includes(type)) : EVENT_TYPES;
  const rows = await core.db.$queryRaw<Row[]>`
    select e.id::text, e.type, e.version, e.at, e.order_id::text as "orderId",
      e.subject, e.sequence, e.data from events e
    where e.feed_tx < pg_snapshot_xmin(pg_current_snapshot())
      and e.type = any(${[...wanted]}::text[])
      and (${after}::uuid is null or (e.feed_tx, coalesce(e.order_id, e.id), coalesce(e.sequence, 0)) > (
        select l.feed_tx, coalesce(l.order_id, l.id), coalesce(l.sequence, 0) from events l where l.id = ${after}::uuid))
    order by e.feed_tx, coalesce(e.order_id, e.id), coalesce(e.sequence, 0)
    limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  return {
    events: page.map((row) => bodyOf(row, pageOf(core.consoleUrl, row)).payload),
    next: page.at(-1)?.id ?? after,
    hasMore: rows.length > limit,
  };
}
