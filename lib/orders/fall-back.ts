import { learnCapability, readCapabilities } from "#lib/placement/capabilities.ts";
import type { Tx } from "#lib/platform/db.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import type { RecordContext } from "./record-context.ts";
import type { LockedOrder } from "./store.ts";

/**
 * A supplier order moved on without a payment of ours: creating costs with this account. From now on it
 * is treated so; where it had been taken for free, a person is told, since creates may have been made again.
 */
export async function fallBack(
  tx: Tx,
  ctx: RecordContext,
  { supplierId, id: orderId }: LockedOrder,
  word: string,
): Promise<void> {
  const { create_is_free: was } = await readCapabilities({ db: tx }, supplierId);
  if (was === false) return;
  await learnCapability({ db: tx, now: ctx.now }, supplierId, "create_is_free", false, "answers");
  if (was !== true) return;
  ctx.log.error(
    { orderId, supplierId, word },
    "an account charges at create: treated so from now on",
  );
  await openSystemSignal(tx, ctx, "mode_fell_back", supplierId, { orderId, word });
}
