import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { literally } from "#lib/platform/search-text.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { AuditFilter, AuditPage, AuditRow } from "./types.ts";
import { readChainState } from "./watch.ts";

const PAGE_SIZE = 50;
/** As many digits as the largest number has. */
const DIGITS = 19;

/** The log, newest first, by keyset; with how its chain stands. Throws `forbidden`. */
export async function readAuditLog(
  core: Pick<Core, "db">,
  actor: Actor,
  filter: AuditFilter,
  { after }: { after?: string | null } = {},
): Promise<AuditPage> {
  requirePermission(actor, "audit.read");
  const [rows, chain] = await Promise.all([
    readRows(core, filter, readSeq(after ?? null), PAGE_SIZE + 1),
    readChainState(core.db),
  ]);
  const shown = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? shown.at(-1) : undefined;
  return { rows: shown, next: last?.id ?? null, chain };
}

/** One entry; null where there is none of this number. Throws `forbidden`. */
export async function readAuditEntry(
  core: Pick<Core, "db">,
  actor: Actor,
  number: string,
): Promise<AuditRow | null> {
  requirePermission(actor, "audit.read");
  const seq = readSeq(number);
  const entry = seq === null ? null : await core.db.auditEntry.findUnique({ where: { seq } });
  return entry && toRow(entry);
}

/** Entries that fit, newest first, before a number. */
export async function readRows(
  { db }: Pick<Core, "db">,
  filter: AuditFilter,
  before: bigint | null,
  most: number,
): Promise<AuditRow[]> {
  const entries = await db.auditEntry.findMany({
    where: { AND: [whereOf(filter), before === null ? {} : { seq: { lt: before } }] },
    orderBy: { seq: "desc" },
    take: most,
  });
  return entries.map(toRow);
}

function whereOf(filter: AuditFilter): Prisma.AuditEntryWhereInput {
  const { actorKind, actor, action, objectKind, object, correlation, since, until } = filter;
  return {
    ...(actorKind && { actorKind }),
    ...(actor &&
      (isUuid(actor)
        ? { actorId: actor }
        : { actorName: { contains: literally(actor), mode: "insensitive" as const } })),
    ...(action && {
      action: action.includes(".") ? action : { startsWith: literally(`${action}.`) },
    }),
    ...(objectKind && { objectKind }),
    ...(object && { objectId: object }),
    ...(correlation && { correlationId: correlation }),
    ...((since || until) && {
      at: { ...(since && { gte: new Date(since) }), ...(until && { lte: new Date(until) }) },
    }),
  };
}

const readSeq = (text: string | null): bigint | null =>
  text !== null && /^[0-9]{1,19}$/.test(text) && BigInt(text) < 2n ** 63n ? BigInt(text) : null;

type Entry = Prisma.AuditEntryGetPayload<object>;
type Json = Record<string, unknown>;

const toRow = ({ keyId: _, ...entry }: Entry): AuditRow => ({
  ...entry,
  id: entry.seq.toString().padStart(DIGITS, "0"),
  seq: entry.seq.toString(),
  at: entry.at.toISOString(),
  details: entry.details as Json,
  before: entry.before as Json | null,
  after: entry.after as Json | null,
  hash: entry.hash && Buffer.from(entry.hash).toString("hex"),
});
