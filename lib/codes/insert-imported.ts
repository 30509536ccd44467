import type { Tx } from "#lib/platform/db.ts";

export type NewImportedCode = {
  id: string;
  position: number;
  sealed: string;
  blindIndex: string;
  mask: string;
  expiresAt: Date | null;
};

/** Inserts sealed codes of an import: available from now on, each at the import's cost. */
export async function insertImported(
  tx: Tx,
  of: { importId: string; stockProductId: string; cost: string | null; currency: string | null },
  codes: NewImportedCode[],
  storedAt: Date,
): Promise<void> {
  if (codes.length === 0) return;
  await tx.$executeRaw`
    insert into codes (id, import_id, position, stock_product_id, is_mock, sealed, blind_index, mask, state,
      state_changed_at, cost, currency, expires_at, stored_at)
    select r.id, ${of.importId}::uuid, r.position, ${of.stockProductId}::uuid, false, r.sealed, r.blind_index,
      r.mask, 'available', ${storedAt}::timestamptz, ${of.cost}::numeric, ${of.currency}, r.expires_at,
      ${storedAt}::timestamptz
    from unnest(
      ${codes.map(({ id }) => id)}::uuid[], ${codes.map(({ position }) => position)}::int[],
      ${codes.map(({ sealed }) => sealed)}::text[], ${codes.map(({ blindIndex }) => blindIndex)}::text[],
      ${codes.map(({ mask }) => mask)}::text[],
      ${codes.map(({ expiresAt }) => expiresAt?.toISOString() ?? null)}::timestamptz[])
      as r(id, position, sealed, blind_index, mask, expires_at)`;
}
