import type { Db, Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { ENTRY_COLUMNS } from "./entry-columns.ts";
import type { ChainEnd, StoredEntry } from "./verify-chain.ts";

/** So many at once, whatever there is. */
const PART = 2_000;

/** The chain's entries in parts, by number. @param after only those after this number */
export async function* readChain(db: Tx, after = 0n): AsyncGenerator<StoredEntry[]> {
  let last = after;
  while (true) {
    const part = await readEntries(db, Prisma.sql`e.seq > ${last} order by e.seq limit ${PART}`);
    const end = part.at(-1);
    if (!end) return;
    yield part;
    if (part.length < PART) return;
    last = BigInt(end.seq);
  }
}

const readEntries = (db: Tx, where: Prisma.Sql): Promise<StoredEntry[]> =>
  db.$queryRaw<StoredEntry[]>`
    select e.seq::text as seq, ${ENTRY_COLUMNS}, e.key_id as "keyId", e.hash
    from audit_entries e where ${where}`;

/** Where the head says that the chain ends; null where there is none. */
export async function readHead(db: Tx): Promise<(ChainEnd & { keyId: string }) | null> {
  const head = await db.auditHead.findUnique({ where: { id: 1 } });
  return head && { ...head, seq: head.seq.toString() };
}

/** The stored end of the chain up to there; null where that entry is gone, or has no hash. */
export async function readLink(db: Db, seq: bigint): Promise<ChainEnd | null> {
  const entry = await db.auditEntry.findUnique({ where: { seq }, select: { hash: true } });
  return entry?.hash ? { seq: seq.toString(), hash: entry.hash } : null;
}
