/** Writing and claiming of messages. Private to this room; the database's clock decides. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { planned } from "#lib/platform/planned.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { CLAIM_AT_ONCE, LEASE_MS, LONGEST_WORD, SAME_AGAIN_MS } from "./inbox-policy.ts";
import type { InboxState } from "./types.ts";

export type NewMessage = {
  id: string;
  supplierId: string;
  dedupeKey: string;
  scheme: string;
  event: string | null;
  sealed: string;
  bytes: number;
  /** Told again, it is to be worked on again. */
  maySayMore: boolean;
};

/**
 * Stores each unless it is known already, which is counted; which ones are new. One statement, and no NOTIFY: commits
 * that notify wait for each other, and a worker looks twice a second.
 * @param messages no two of one account with the same key; in whatever order, they are written in that of their keys
 *   (`IN_ORDER`), or two processes that write the same ones would wait for each other
 */
export async function insertMessages(
  { db }: Pick<Core, "db">,
  messages: readonly NewMessage[],
): Promise<ReadonlySet<NewMessage>> {
  const sorted = [...messages].sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1));
  const column = <Name extends keyof NewMessage>(name: Name) => sorted.map((one) => one[name]);
  const rows = await planned(db).$queryRawUnsafe<{ id: string }[]>(
    INSERT,
    ...[column("id"), column("supplierId"), column("dedupeKey"), column("scheme")],
    ...[column("event").map(word), column("sealed"), column("bytes"), column("maySayMore")],
  );
  const stored = new Set(rows.map(({ id }) => id));
  return new Set(sorted.filter(({ id }) => stored.has(id)));
}

/** What may be there once. */
export const placeOf = ({ supplierId, dedupeKey }: NewMessage): string =>
  `${supplierId} ${dedupeKey}`;

/** Whether the one that was told again is to be worked on again; `excluded` can't carry what has no column. */
const AGAIN = `m.state in ('done', 'ignored')
  and m.settled_at < now() - interval '${SAME_AGAIN_MS} milliseconds'
  and excluded.id in (select id from told where says_more)`;
// Due at once: a time that is rounded up to its millisecond would not have come yet for who looks right away.
const INSERT = `
  with told as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bool[])
      with ordinality t(id, supplier_id, dedupe_key, scheme, event, sealed, bytes, says_more, place))
  insert into inbox_messages as m
    (id, supplier_id, dedupe_key, scheme, event, received_at, sealed, bytes, next_at)
  select id, supplier_id, dedupe_key, scheme, event, now(), sealed, bytes, date_trunc('milliseconds', now()) from told order by place
  on conflict (supplier_id, dedupe_key) do update set
    repeats = m.repeats + 1,
    state = case when ${AGAIN} then 'waiting' else m.state end,
    next_at = case when ${AGAIN} then date_trunc('milliseconds', now()) else m.next_at end,
    settled_at = case when ${AGAIN} then null else m.settled_at end,
    tries = case when ${AGAIN} then 0 else m.tries end
  returning m.id::text`;

/** PostgreSQL takes no NUL, and a page no control characters. */
function word(text: string | null): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text?.replace(/[\u0000-\u001f\u007f]/g, " ").slice(0, LONGEST_WORD) ?? null;
}

/** A message in our hands while its lease lasts. */
export type MessageClaim = {
  id: string;
  supplierId: string;
  sealed: string;
  /** This one counted. */
  tries: number;
};

/** Claims what is due, the longest due first, and moves its due time past the lease. */
export async function claimMessages(
  { db }: Pick<Core, "db">,
  leaseToken: string,
): Promise<MessageClaim[]> {
  const rows = await planned(db).$queryRawUnsafe<MessageClaim[]>(CLAIM, leaseToken);
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}

const CLAIM = `
  with due as (
    select id from inbox_messages where next_at <= now()
    order by next_at limit ${CLAIM_AT_ONCE} for no key update skip locked)
  update inbox_messages m
  set tries = m.tries + 1, lease_token = $1::uuid, lease_until = now() + interval '${LEASE_MS} milliseconds',
    next_at = now() + interval '${LEASE_MS} milliseconds'
  from due where m.id = due.id
  returning m.id::text, m.supplier_id::text as "supplierId", m.sealed, m.tries`;

/** What became of a message. */
export type Settled = {
  id: string;
  state: InboxState;
  tries: number;
  /** Until it is tried again; null: it isn't. */
  againInMs: number | null;
  problem: string | null;
  orderId: string | null;
  event: string | null;
};

/** In which whoever writes several locks them. */
const IN_ORDER = Prisma.sql`order by supplier_id, dedupe_key collate "C"`;

/** Writes down what became of those that are still ours. Answers the accounts of which some are in trouble for good. */
export async function settleMessages(
  tx: Tx,
  leaseToken: string,
  settled: readonly Settled[],
): Promise<string[]> {
  const column = <Name extends keyof Settled>(name: Name) => settled.map((one) => one[name]);
  await tx.$queryRaw`
    select from inbox_messages where id = any(${column("id")}::uuid[]) ${IN_ORDER} for no key update`;
  const rows = await tx.$queryRaw<{ supplierId: string; inTrouble: boolean }[]>`
    update inbox_messages m
    set state = r.state, problem = r.problem, order_id = coalesce(r.order_id, m.order_id),
      event = coalesce(r.event, m.event), tries = r.tries, lease_token = null, lease_until = null,
      next_at = now() + r.again_in_ms * interval '1 millisecond',
      settled_at = case when r.state = 'waiting' then null else now() end
    from unnest(${column("id")}::uuid[], ${column("state")}::text[], ${column("tries")}::int[],
      ${column("againInMs")}::int[], ${column("problem")}::text[], ${column("orderId")}::uuid[], ${column("event").map(word)}::text[])
      r(id, state, tries, again_in_ms, problem, order_id, event)
    where m.id = r.id and m.lease_token = ${leaseToken}::uuid
    returning m.supplier_id::text as "supplierId",
      m.next_at is null and m.state not in ('done', 'ignored') as "inTrouble"`;
  return [...new Set(rows.flatMap(({ supplierId, inTrouble }) => (inTrouble ? [supplierId] : [])))];
}
