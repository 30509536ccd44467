import type { Core } from "#lib/platform/core.ts";
import type { Db, Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { AuditChainState } from "./types.ts";
import { verifyAuditChain } from "./verify-audit-chain.ts";
import type { ChainVerdict } from "./verify-chain.ts";
import { VERIFY_WHOLE_EVERY_MS } from "./watch-limits.ts";

const COLUMNS = {
  verify: Prisma.sql`begun_at`,
  log: Prisma.sql`logged_at`,
  mail: Prisma.sql`mailed_at`,
} as const;

/** Whether the caller is to do this now: true for one process in `everyMs`, whichever asks first. */
export async function isWatchDue(
  tx: Tx,
  what: keyof typeof COLUMNS,
  now: Date,
  everyMs: number,
): Promise<boolean> {
  await tx.$executeRaw`insert into audit_watch (id) values (1) on conflict do nothing`;
  const column = COLUMNS[what];
  const dueSince = new Date(now.getTime() - everyMs);
  const taken = await tx.$executeRaw`
    update audit_watch set ${column} = ${now}
    where id = 1 and (${column} is null or ${column} <= ${dueSince} or ${column} > ${now})`;
  return taken === 1;
}

/**
 * Looks through what was appended since the last time; once a day, and for as long as something is broken,
 * through everything. Keeps how far it is good.
 */
export async function verifyOn(core: Pick<Core, "db" | "now">): Promise<ChainVerdict> {
  const { db } = core;
  const now = core.now();
  const before = await db.auditWatch.findUnique({ where: { id: 1 } });
  const wholeSince = new Date(now.getTime() - VERIFY_WHOLE_EVERY_MS);
  const isWhole = !before?.wholeAt || before.wholeAt <= wholeSince || before.broken !== null;
  const since = isWhole ? null : before?.verifiedSeq;
  const verdict = await verifyAuditChain(core, { since });
  const kept = {
    verifiedSeq: verdict.last ? BigInt(verdict.last.seq) : null,
    verifiedAt: now,
    broken: verdict.broken ?? Prisma.DbNull,
    ...(isWhole && { wholeAt: now }),
  };
  await db.auditWatch.upsert({ where: { id: 1 }, create: { id: 1, ...kept }, update: kept });
  return verdict;
}

export async function readChainState(db: Db): Promise<AuditChainState> {
  const watch = await db.auditWatch.findUnique({ where: { id: 1 } });
  return {
    verifiedSeq: watch?.verifiedSeq?.toString() ?? null,
    verifiedAt: watch?.verifiedAt?.toISOString() ?? null,
    wholeAt: watch?.wholeAt?.toISOString() ?? null,
    broken: (watch?.broken ?? null) as AuditChainState["broken"],
  };
}
