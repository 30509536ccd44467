import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { SealError } from "#lib/platform/gcm.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { SealedTable } from "#lib/platform/sealed-table.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { placeOf, reseal, resealCode, resealConflict } from "./code-seal.ts";

/** The last row that was dealt with. */
export type RotationPosition = { table: string; after: string };

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

const { raw } = Prisma;

type SealedRow = { id: string; sealed: string; reseal: () => Promise<string> };
type Fresh = { id: string; was: string; sealed: string };

/**
 * Seals the next rows behind `position` with the sealer's data key, and notes in the rotation how far it
 * is, in one transaction. Rows that have that key already are left out. Throws `conflict` when another process
 * has finished the rotation.
 * @param others what is sealed in other rooms; it comes after what is sealed here
 */
export async function resealBatch(
  { db }: Pick<Core, "db">,
  sealer: Sealer,
  rotation: { id: string; dataKeyId: string },
  position: RotationPosition,
  others: readonly SealedTable[],
): Promise<Batch> {
  const tables = [...OURS, ...others.map(inAnotherRoom)];
  const at = tables.findIndex(({ table }) => table === position.table);
  const table = tables[at];
  if (!table) throw new Error(`This build knows no table ${position.table}.`);
  const prefix = `v2|${rotation.dataKeyId}|`;
  const rows = await table.read(db, sealer, position.after, prefix);
  const fresh: Fresh[] = [];
  const unopened: string[] = [];
  for (const { id, sealed: was, reseal } of rows) {
    const sealed = await unlessUnopened(reseal);
    if (sealed === null) unopened.push(id);
    else fresh.push({ id, was, sealed });
  }
  const next = nextPosition(table, tables[at + 1], rows);
  const resealed = await db.$transaction(async (tx) => {
    const count = await writeRows(tx, table, fresh);
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
  { table }: Resealable,
  following: Resealable | undefined,
  rows: readonly SealedRow[],
): RotationPosition | null {
  const last = rows.at(-1);
  if (last && rows.length === BATCH_SIZE) return { table, after: last.id };
  return following ? { table: following.table, after: BEFORE_ALL } : null;
}

type Resealable = Omit<SealedTable, "boundTo"> & {
  read(tx: Tx, sealer: Sealer, after: string, prefix: string): Promise<SealedRow[]>;
};

const CODES: Resealable = {
  ...{ table: "codes", key: "id", column: "sealed" },
  async read(tx, sealer, after, prefix) {
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
};

const CONFLICTS: Resealable = {
  ...{ table: "code_conflicts", key: "id", column: "sealed" },
  async read(tx, sealer, after, prefix) {
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

const OURS = [CODES, CONFLICTS];

function inAnotherRoom({ table, key, column, boundTo }: SealedTable): Resealable {
  const [from, id, sealed] = [raw(table), raw(key), raw(column)];
  return {
    ...{ table, key, column },
    async read(tx, sealer, after, prefix) {
      const rows = await tx.$queryRaw<{ id: string; sealed: string }[]>`
        select ${id}::text as id, ${sealed} as sealed from ${from}
        where ${id} > ${after}::uuid and not starts_with(${sealed}, ${prefix})
        order by ${id} limit ${BATCH_SIZE}`;
      return rows.map((row) => ({
        ...row,
        reseal: () => reseal(sealer, boundTo(row.id), row.sealed),
      }));
    },
  };
}

/** How much is sealed in all. */
export async function countSealed(tx: Tx, others: readonly SealedTable[]): Promise<number> {
  let total = 0;
  for (const { table, column } of [...OURS, ...others]) {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      select count(${raw(column)})::int as count from ${raw(table)}`;
    total += row?.count ?? 0;
  }
  return total;
}

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
async function writeRows(tx: Tx, { table, key, column }: Resealable, fresh: Fresh[]) {
  if (fresh.length === 0) return 0;
  const [rows, id, value] = [raw(table), raw(`one.${key}`), raw(`one.${column}`)];
  await tx.$executeRaw`select set_config('keyhold.resealing', 'on', true)`;
  return tx.$executeRaw`
    with told as (
      select * from unnest(
        ${fresh.map(({ id }) => id)}::uuid[], ${fresh.map(({ was }) => was)}::text[],
        ${fresh.map(({ sealed }) => sealed)}::text[]) as r(id, was, sealed)),
    free as (
      select told.id from ${rows} one join told on told.id = ${id} and told.was = ${value}
      for no key update of one skip locked)
    update ${rows} one set ${raw(column)} = told.sealed
    from told join free on free.id = told.id where ${id} = told.id and ${value} = told.was`;
}
