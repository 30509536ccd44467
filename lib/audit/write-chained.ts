import type { Db, Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { chainKeysOf } from "./chain-keys.ts";
import { type ChainedEntry, hashEntry } from "./encode-entry.ts";
import { ENTRY_COLUMNS } from "./entry-columns.ts";

/** An entry that has no place in the chain yet. */
export type NewEntry = {
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  objectKind: string;
  objectId: string;
  reason: string | null;
  details: object;
  before: object | null;
  after: object | null;
  address: string | null;
  agent: string | null;
  correlationId: string | null;
};

type Placed = Omit<ChainedEntry, "keyId"> & { headHash: Uint8Array; headKey: string };

/** More at once would be a statement of many megabytes. */
const MOST_AT_ONCE = 2_000;
/** Whoever holds the head and is not heard of loses it after this, before those who wait for it give up. */
const FROZEN_WITH_HEAD_MS = 3_000;
/** A header is as long as its sender likes. */
const LONGEST_AGENT = 300;

/** The rows as the database understands them, numbered as they came. */
const rowsOf = (json: string) => Prisma.sql`
  rows from (jsonb_to_recordset(${json}::jsonb) as (
    at timestamptz(3), actor_kind text, actor_id text, actor_name text, action text, object_kind text,
    object_id text, reason text, details jsonb, before jsonb, after jsonb, address text, agent text,
    correlation_id text)) with ordinality as e (
    at, actor_kind, actor_id, actor_name, action, object_kind, object_id, reason, details, before, after,
    address, agent, correlation_id, place)`;

/**
 * Writes entries at the end of the chain, whose head stays locked until the commit: whoever comes next waits
 * for it, so that the chain can't fork and numbers rise along it. Two round trips; to be the last of its
 * transaction, so that nobody waits for anything while he holds the head.
 */
export async function writeChained(tx: Tx, db: Db, entries: NewEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += MOST_AT_ONCE) {
    await writeSome(tx, db, entries.slice(from, from + MOST_AT_ONCE));
  }
}

async function writeSome(tx: Tx, db: Db, entries: NewEntry[]): Promise<void> {
  const json = toJson(entries);
  const placed = await takePlaces(tx, json);
  const [first] = placed;
  if (!first) throw new Error("The audit chain has no head.");
  const { id: keyId, key } = await chainKeysOf(db).current(tx, first.headKey);
  let hash = first.headHash;
  const seals = placed.map(({ headHash: _, headKey: __, ...entry }) => {
    hash = hashEntry(key, hash, { ...entry, keyId });
    return { seq: entry.seq, hash: Buffer.from(hash).toString("hex") };
  });
  const last = seals.at(-1) as (typeof seals)[number];
  await tx.$executeRaw`
    with written as (
      insert into audit_entries (seq, at, actor_kind, actor_id, actor_name, action, object_kind, object_id,
        reason, details, before, after, address, agent, correlation_id, key_id, hash)
      select s.seq, e.at, e.actor_kind, e.actor_id, e.actor_name, e.action, e.object_kind, e.object_id,
        e.reason, e.details, e.before, e.after, e.address, e.agent, e.correlation_id, ${keyId},
        decode(s.hash, 'hex')
      from ${rowsOf(json)}
      join rows from (jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) as (seq bigint, hash text))
        with ordinality as s (seq, hash, place) using (place))
    update audit_head set seq = ${BigInt(last.seq)}, hash = ${hash}, key_id = ${keyId} where id = 1`;
}

/** Locks the head; then, and not before, the numbers are drawn. */
async function takePlaces(tx: Tx, json: string): Promise<Placed[]> {
  const take = () => tx.$queryRaw<Placed[]>`
    with head as materialized (
      select hash, key_id, set_config('idle_in_transaction_session_timeout', ${String(FROZEN_WITH_HEAD_MS)}, true)
      from audit_head where id = 1 for update)
    select nextval('audit_entries_seq_seq')::text as seq, ordered.* from (
      select ${ENTRY_COLUMNS}, head.hash as "headHash", head.key_id as "headKey"
      from head, ${rowsOf(json)} order by e.place) ordered`;
  const placed = await take();
  if (placed.length > 0) return placed;
  await tx.$executeRaw`
    insert into audit_head (id, seq, hash, key_id) values (1, 0, '', '') on conflict do nothing`;
  return take();
}

/** Half a character of two, which a header or a cut leaves behind, is none that the database would take. */
const toJson = (entries: readonly NewEntry[]): string =>
  JSON.stringify(
    entries.map((entry) => ({
      at: entry.at,
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      actor_name: entry.actorName,
      action: entry.action,
      object_kind: entry.objectKind,
      object_id: entry.objectId,
      reason: entry.reason,
      details: entry.details,
      before: entry.before,
      after: entry.after,
      address: entry.address,
      agent: entry.agent?.slice(0, LONGEST_AGENT),
      correlation_id: entry.correlationId,
    })),
    (_, value: unknown) => (typeof value === "string" ? wellFormed(value) : value),
  );

/** As UTF-8 would have it; NUL, which PostgreSQL holds in no text, alike. */
const wellFormed = (text: string): string =>
  Buffer.from(text).toString().replaceAll("\0", "\ufffd");
