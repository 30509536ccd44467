import { randomBytes } from "node:crypto";
import { oldIndexKey } from "./bare-keys.ts";
import type { Db, Tx } from "./db.ts";
import { PATIENT } from "./db.ts";
import type { KeySource, WrappedKey } from "./key-source.ts";

export type KeyPurpose = "seal" | "blind_index";

/** As it stands in `data_keys`. */
export type DataKeyRow = { id: string; purpose: string; wrappedBy: string; wrapped: string };

export const KEY_BYTES = 32;
/** Who makes or changes data keys takes this lock for his transaction. */
const DATA_KEYS_LOCK = 7_418_530_001;

export const lockDataKeys = (tx: Tx) =>
  tx.$executeRaw`select pg_advisory_xact_lock(${DATA_KEYS_LOCK}::bigint)`;

/** The one in use. */
export const keyInUse = (db: Tx, purpose: KeyPurpose): Promise<DataKeyRow | null> =>
  db.dataKey.findFirst({ where: { purpose, retiredAt: null } });

export async function unwrapKey(source: KeySource, row: DataKeyRow): Promise<Buffer> {
  const { id, purpose, wrappedBy, wrapped } = row;
  return source.unwrap({ by: wrappedBy, wrapped }, boundTo(id, purpose));
}

/** @param key 32 bytes; random ones unless given */
export async function wrapNewKey(
  source: KeySource,
  purpose: KeyPurpose,
  key: Buffer = randomBytes(KEY_BYTES),
): Promise<DataKeyRow> {
  // Random, so that a key made after a restored backup has no name that another had.
  const id = randomBytes(4).toString("hex");
  const { by: wrappedBy, wrapped } = await wrapKey(source, { id, purpose }, key);
  return { id, purpose, wrappedBy, wrapped };
}

export const wrapKey = (
  source: KeySource,
  { id, purpose }: Pick<DataKeyRow, "id" | "purpose">,
  key: Buffer,
): Promise<WrappedKey> => source.wrap(key, boundTo(id, purpose));

const boundTo = (id: string, purpose: string): string => ["data_keys", id, purpose].join("|");

/**
 * Makes the first data keys where there are none; of several processes that start at once, one does.
 * An installation older than data keys goes on with the index key that its codes were stored with.
 */
export async function ensureDataKeys(db: Db, now: () => Date, source: KeySource): Promise<void> {
  const isMissing = async (tx: Tx, purpose: KeyPurpose) => (await keyInUse(tx, purpose)) === null;
  if (!(await isMissing(db, "seal")) && !(await isMissing(db, "blind_index"))) return;
  await db.$transaction(async (tx) => {
    await lockDataKeys(tx);
    for (const purpose of ["seal", "blind_index"] as const) {
      if (!(await isMissing(tx, purpose))) continue;
      const key = purpose === "seal" ? undefined : await inheritedIndexKey(tx, source);
      const row = await wrapNewKey(source, purpose, key);
      await tx.dataKey.create({ data: { ...row, createdAt: now() } });
    }
  }, PATIENT);
}

/** Where codes are stored already: rotation puts new keys in front, so the last one keyed their indexes. */
async function inheritedIndexKey(tx: Tx, source: KeySource): Promise<Buffer | undefined> {
  if ((await tx.code.findFirst({ select: { id: true } })) === null) return undefined;
  const last = (await source.bareKeys()).at(-1);
  return last && oldIndexKey(last.key);
}
