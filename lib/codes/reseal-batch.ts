import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { SealError } from "#lib/platform/gcm.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { placeOf, resealCode, resealConflict } from "./code-seal.ts";

export type SealedTable = "codes" | "code_conflicts";

/** The last row that was dealt with. */
export type RotationPosition = { table: SealedTable; after: string };

const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
export const START: RotationPosition = { table: "codes", after: BEFORE_ALL };

/** Few enough that nobody who needs one of them waits for long. */
const BATCH_SIZE = 200;

export type Batch = {
  /** Where to go on; null behind the last row. */
  next: RotationPosition | null;
  resealed: number;
  /** Somebody else was at them; they are for the next time round. */
  passedOver: number;
  /** They don't open, and keep the seal they have. */
  unopened: string[];
};

type SealedRow = { id: string; sealed: string; reseal: () => Promise<string> };
type Fresh = { id: string; was: string; sealed: string };

/**
 * Seals the next rows behind `position` with the sealer's data key, and notes in the rotation how far it
 * is, in one transaction. Rows that have that key already are left out. Throws `conflict` when another process
 * has finished the rotation.
 */
export async function resealBatch(
  { db }: Pick<Core, "db">,
  sealer: Sealer,
  rotation: { id: string; dataKeyId: string },
  position: RotationPosition,
): Promise<Batch> {
  const prefix = `v2|${rotation.dataKeyId}|`;
  const rows = await readRows[position.table](db, sealer, position.after, prefix);
  const fresh: Fresh[] = [];
  const unopened: string[] = [];
  for (const { id, sealed: was, reseal } of rows) {
    const sealed = await unlessUnopened(reseal);
    if (sealed === null) unopened.push(id);
    else fresh.push({ id, was, sealed });
  }
  const next = nextPosition(position, rows);
  const resealed = await db.$transaction(async (tx) => {
    const count = await writeRows(tx, position.table, fresh);
    const { count: noted } = await tx.keyRotation.updateMany({
      where: { id: rotation.id, finishedAt: null },
      data: { position: next ?? START, done: { increment: count } },
    });
    if (noted === 0) throw finishedByAnother();
    return count;
  }, PATIENT);
  return { next, resealed, passedOver: fresh.length - resealed, unopened };
}

export const finishedByAnother = () =>
  new KeyholdError("conflict", "another process has finished this rotation");

function nextPosition(
  { table }: RotationPosition,
  rows: readonly SealedRow[],
): RotationPosition | null {
  const last = rows.at(-1);
  if (last && rows.length === BATCH_SIZE) return { table, after: last.id };
  return table === "codes" ? { table: "code_conflicts", after: BEFORE_ALL } : null;
}

const readRows: Record<
  SealedTable,
  (tx: Tx, sealer: Sealer, after: string, prefix: string) => Promise<SealedRow[]>
> = {
  async codes(tx, sealer, after, prefix) {
    const rows = await tx.code.findMany({
      ...page(after, prefix),
      select: {
        id: true,
        orderId: true,
        itemId: true,
        importId: true,
        position: true,
        sealed: true,
      },
    });
    return rows.map((row) => ({
      ...row,
      reseal: () => resealCode(sealer, placeOf(row), row.sealed),
    }));
  },
  async code_conflicts(tx, sealer, after, prefix) {
    const rows = await tx.codeConflict.findMany({
      ...page(after, prefix),
      select: { id: true, codeId: true, sealed: true },
    });
    return rows.map(({ id, codeId, sealed }) => ({
      id,
      sealed,
      reseal: () => resealConflict(sealer, { conflictId: id, codeId }, sealed),
    }));
  },
};

const page = (after: string, prefix: string) => ({
  where: { id: { gt: after }, sealed: { not: { startsWith: prefix } } },
  orderBy: { id: "asc" } as const,
  take: BATCH_SIZE,
});

async function unlessUnopened(reseal: () => Promise<string>): Promise<string | null> {
  try {
    return await reseal();
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/**
 * Answers how many were written. What somebody has locked is passed over: waiting for it while holding the
 * others could end in a deadlock.
 */
async function writeRows(tx: Tx, table: SealedTable, fresh: Fresh[]): Promise<number> {
  if (fresh.length === 0) return 0;
  await tx.$executeRaw`select set_config('keyhold.resealing', 'on', true)`;
  return tx.$executeRaw`
    with told as (
      select * from unnest(
        ${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ was }) => was)}::text[],
        ${fresh.map(({ sealed }) => sealed)}::text[]) as r(id, was, sealed)),
    free as (
      select one.id from ${Prisma.raw(table)} one join told on told.id = one.id and told.was = one.sealed
      for no key update of one skip locked)
    update ${Prisma.raw(table)} one set sealed = told.sealed
    from told join free on free.id = told.id where one.id = told.id and one.sealed = told.was`;
}
