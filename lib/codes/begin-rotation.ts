import { turnChainKey } from "#lib/audit/turn-chain-key.ts";
import type { Core } from "#lib/platform/core.ts";
import { keyInUse, lockDataKeys, wrapNewKey } from "#lib/platform/data-keys.ts";
import { PATIENT } from "#lib/platform/db.ts";
import type { KeySource } from "#lib/platform/key-source.ts";
import type { SealedTable } from "#lib/platform/sealed-table.ts";
import { countSealed, type RotationPosition, START } from "./reseal-batch.ts";

export type Rotation = {
  id: string;
  startedAt: Date;
  /** What everything is to be sealed with. */
  dataKeyId: string;
  position: RotationPosition;
  done: number;
  total: number;
};

/**
 * Goes on with the rotation that was broken off; otherwise makes a new data key, which seals from now on,
 * another that chains the audit log, and a rotation that is to bring everything under the first.
 */
export async function beginRotation(
  { db, now, newId }: Pick<Core, "db" | "now" | "newId">,
  source: KeySource,
  others: readonly SealedTable[],
): Promise<Rotation & { resumed: boolean }> {
  // Wrapped before the transaction: a key service may take its time.
  const [key, chainKey] = [await wrapNewKey(source, "seal"), await wrapNewKey(source, "audit")];
  return db.$transaction(async (tx) => {
    await lockDataKeys(tx);
    const running = await tx.keyRotation.findFirst({ where: { finishedAt: null } });
    if (running) {
      return { ...running, position: running.position as RotationPosition, resumed: true };
    }
    const last = await keyInUse(tx, "seal");
    if (last) {
      await tx.dataKey.update({ where: { id: last.id }, data: { retiredAt: now() } });
    }
    await tx.dataKey.create({ data: { ...key, createdAt: now() } });
    const rotation = {
      id: newId(),
      startedAt: now(),
      dataKeyId: key.id,
      position: START,
      done: 0,
      total: await countSealed(tx, others),
    };
    await tx.keyRotation.create({ data: rotation });
    await turnChainKey(tx, now(), chainKey);
    return { ...rotation, resumed: false };
  }, PATIENT);
}
