import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";

/**
 * Lets people know what of an account's messages is in trouble, or that nothing is any more. Within the transaction
 * that changed that: accounts are held, or of two who count at once neither would see the other's.
 */
export async function tellInbox(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  supplierIds: readonly string[],
): Promise<void> {
  for (const supplierId of [...supplierIds].sort()) {
    const [row] = await tx.$queryRaw<{ slug: string }[]>`
      select slug from suppliers where id = ${supplierId}::uuid for no key update`;
    const supplier = { id: supplierId, slug: row?.slug ?? null };
    const [found] = await tx.$queryRaw<{ unmatched: number; unreadable: number }[]>`
      select count(*) filter (where state = 'unmatched')::int as unmatched,
        count(*) filter (where state <> 'unmatched')::int as unreadable
      from inbox_messages
      where state in ('unmatched', 'unreadable', 'failed') and next_at is null
        and supplier_id = ${supplierId}::uuid`;
    await tell(tx, core, "inbox_unmatched", supplier, found?.unmatched ?? 0);
    await tell(tx, core, "inbox_unreadable", supplier, found?.unreadable ?? 0);
  }
}

async function tell(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  key: "inbox_unmatched" | "inbox_unreadable",
  { id, slug }: { id: string; slug: string | null },
  count: number,
): Promise<void> {
  if (count > 0) await openSystemSignal(tx, core, key, id, { count, slug });
  else await clearSystemSignal(tx, core, key, id);
}
