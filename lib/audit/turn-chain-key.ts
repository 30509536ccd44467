import type { DataKeyRow } from "#lib/platform/data-keys.ts";
import type { Tx } from "#lib/platform/db.ts";

/**
 * Has this data key chain the entries from the next one on, whoever appends it. The caller holds the lock of
 * the data keys. The key before stays, to verify with.
 */
export async function turnChainKey(tx: Tx, now: Date, key: DataKeyRow): Promise<void> {
  await tx.dataKey.updateMany({
    where: { purpose: "audit", retiredAt: null },
    data: { retiredAt: now },
  });
  await tx.dataKey.create({ data: { ...key, createdAt: now } });
  // Whoever appends next sees that it isn't his key, and looks which one it is.
  await tx.auditHead.updateMany({ data: { keyId: key.id } });
}
