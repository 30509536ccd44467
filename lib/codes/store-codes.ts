import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { hasShown, placeKey, readPlaces } from "./code-places.ts";
import { type PlainCode, sealCode, sealConflict } from "./code-seal.ts";
import { maskOf } from "./mask.ts";

export type IncomingCode = PlainCode & { itemId: string; position: number };

export type StoredCodes = {
  /** Newly stored. */
  stored: number;
  /** Places where this answer shows a code that they never showed before; the first one stays. */
  changed: { itemId: string; position: number }[];
  /** Newly stored values that another place shows too: how many, and an order that has one. */
  repeated: { count: number; orderId: string } | null;
};

/** Against a supplier that answers something else each time; beyond it a change is only reported. */
const MOST_CONFLICTS = 50;

/**
 * Seals and inserts codes within the caller's transaction, which holds the order's row lock. Insert
 * only: a code that is stored at its place is never touched. What the place shows later and never
 * showed before, be it only another field beside the code, is sealed into a row of its own.
 * @param withheld the order ended without being fulfilled: none of its codes is handed out from now on
 */
export async function storeCodes(
  tx: Tx,
  core: Pick<Core, "now" | "newId"> & { sealer: Sealer },
  orderId: string,
  codes: IncomingCode[],
  withheld: boolean,
): Promise<StoredCodes> {
  if (withheld) {
    const where = { withheld: false, item: { orderId } };
    await tx.code.updateMany({ where, data: { withheld: true } });
  }
  if (codes.length === 0) return { stored: 0, changed: [], repeated: null };
  const { sealer, newId } = core;
  const storedAt = core.now();
  const places = await readPlaces(tx, sealer, orderId, [...new Set(codes.map((c) => c.itemId))]);
  const fresh: Prisma.CodeCreateManyInput[] = [];
  const conflicts: Prisma.CodeConflictCreateManyInput[] = [];
  const changed: StoredCodes["changed"] = [];
  for (const { itemId, position, ...code } of codes) {
    const plain = asStored(code);
    const blindIndex = sealer.blindIndex(plain.value);
    const row = { id: newId(), blindIndex, mask: maskOf(plain.value), storedAt };
    const shown = { blindIndex, plain: () => plain };
    const place = places.get(placeKey(itemId, position));
    if (!place) {
      const sealed = sealCode(sealer, { codeId: row.id, orderId, itemId, position }, plain);
      fresh.push({ ...row, itemId, position, sealed, withheld });
      places.set(placeKey(itemId, position), { codeId: row.id, shown: [shown] });
    } else if (!hasShown(place, blindIndex, plain)) {
      const { codeId } = place;
      if (place.shown.every((earlier) => earlier.blindIndex !== blindIndex)) {
        changed.push({ itemId, position });
      }
      if (place.shown.length > MOST_CONFLICTS) continue;
      const sealed = sealConflict(sealer, { conflictId: row.id, codeId }, plain);
      conflicts.push({ ...row, codeId, sealed });
      place.shown.push(shown);
    }
  }
  if (fresh.length > 0) await tx.code.createMany({ data: fresh });
  if (conflicts.length > 0) await tx.codeConflict.createMany({ data: conflicts });
  return { stored: fresh.length, changed, repeated: await findRepeated(tx, fresh) };
}

/** Equal values are found by their keyed hash; nothing is opened for it. */
async function findRepeated(
  tx: Tx,
  fresh: Prisma.CodeCreateManyInput[],
): Promise<StoredCodes["repeated"]> {
  if (fresh.length === 0) return null;
  const ids = fresh.map(({ id }) => id);
  const indexes = fresh.map(({ blindIndex }) => blindIndex);
  const [found] = await tx.$queryRaw<{ count: number; order_id: string | null }[]>`
    select count(distinct mine.id)::int as count, min(item.order_id::text) as order_id
    from unnest(${ids}::uuid[], ${indexes}::text[]) mine(id, blind_index)
    join codes other on other.blind_index = mine.blind_index and other.id <> mine.id
    join order_items item on item.id = other.item_id`;
  return found?.order_id ? { count: found.count, orderId: found.order_id } : null;
}

/** As it will come out of the seal again, so that both can be compared. */
const asStored = ({ value, raw }: PlainCode): PlainCode =>
  JSON.parse(JSON.stringify({ value, raw })) as PlainCode;
