import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { expiryOf } from "./code-parts.ts";
import { hasShown, type Place, placeKey, readPlaces } from "./code-places.ts";
import { type PlainCode, sealCode, sealConflict } from "./code-seal.ts";
import { insertCodes, type NewCode } from "./insert-codes.ts";
import { maskOf } from "./mask.ts";
import { withholdCodes } from "./withhold-codes.ts";

export type IncomingCode = PlainCode & { itemId: string; position: number };

/** What one order's supplier showed. */
export type IncomingCodes = {
  orderId: string;
  codes: IncomingCode[];
  /** The order ended without being fulfilled: none of its codes is handed out from now on. */
  withheld: boolean;
  /** Items of which it is certain, under the order's lock, that no code is stored. */
  bare?: ReadonlySet<string>;
};

export type StoredCodes = {
  /** Newly stored. */
  stored: number;
  /** Places where this answer shows a code that they never showed before; the first one stays. */
  changed: { itemId: string; position: number }[];
  /** Newly stored values that another place shows too: how many, and an order that has one (none: an import). */
  repeated: { count: number; orderId: string | null } | null;
};

type CodeCore = Pick<Core, "now" | "newId"> & { sealer: Sealer };

/** Against a supplier that answers something else each time; beyond it a change is only reported. */
const MOST_CONFLICTS = 50;

/** As `storeAllCodes`, for one order. */
export async function storeCodes(
  tx: Tx,
  core: CodeCore,
  orderId: string,
  codes: IncomingCode[],
  withheld: boolean,
): Promise<StoredCodes> {
  const all = await storeAllCodes(tx, core, [{ orderId, codes, withheld }]);
  return all.get(orderId) ?? nothingStored();
}

/**
 * Seals and inserts the codes of different orders within the caller's transaction, which holds their row
 * locks. Insert only: a code that is stored at its place is never touched. What the place shows later and
 * never showed before, be it only another field beside the code, is sealed into a row of its own.
 */
export async function storeAllCodes(
  tx: Tx,
  core: CodeCore,
  incoming: IncomingCodes[],
): Promise<Map<string, StoredCodes>> {
  const ended = incoming.filter(({ withheld }) => withheld).map(({ orderId }) => orderId);
  if (ended.length > 0) await withholdCodes(tx, core, ended);
  const places = await readPlaces(tx, core.sealer, itemsWithCodes(incoming));
  const fresh: NewCode[] = [];
  const conflicts: Prisma.CodeConflictCreateManyInput[] = [];
  const all = new Map<string, StoredCodes>();
  for (const one of incoming) {
    const before = fresh.length;
    const stored = { ...nothingStored(), changed: await sort(core, one, places, fresh, conflicts) };
    stored.stored = fresh.length - before;
    all.set(one.orderId, stored);
  }
  for (const { orderId, ...repeated } of await insertCodes(tx, fresh, core.now())) {
    const stored = all.get(orderId);
    if (stored) stored.repeated = { count: repeated.count, orderId: repeated.otherId };
  }
  if (conflicts.length > 0) await tx.codeConflict.createMany({ data: conflicts });
  return all;
}

/** Parts an order's codes into those to be inserted, those in conflict, and the ones known already. */
async function sort(
  { sealer, newId, now }: CodeCore,
  { orderId, codes, withheld }: IncomingCodes,
  places: Map<string, Place>,
  fresh: NewCode[],
  conflicts: Prisma.CodeConflictCreateManyInput[],
): Promise<StoredCodes["changed"]> {
  const changed: StoredCodes["changed"] = [];
  for (const { itemId, position, ...code } of codes) {
    const plain = asStored(code);
    const blindIndex = sealer.blindIndex(plain.value);
    const row = { id: newId(), blindIndex, mask: maskOf(plain.value) };
    const shown = { blindIndex, plain: async () => plain };
    const key = placeKey(itemId, position);
    const place = places.get(key);
    if (!place) {
      const sealed = sealCode(
        sealer,
        { codeId: row.id, source: { orderId, itemId }, position },
        plain,
      );
      const expiresAt = expiryOf(plain.raw);
      fresh.push({ ...row, itemId, position, sealed, expiresAt, withheld });
      places.set(key, { codeId: row.id, shown: [shown] });
    } else if (!(await hasShown(place, blindIndex, plain))) {
      const { codeId } = place;
      if (place.shown.every((earlier) => earlier.blindIndex !== blindIndex)) {
        changed.push({ itemId, position });
      }
      if (place.shown.length > MOST_CONFLICTS) continue;
      const sealed = sealConflict(sealer, { conflictId: row.id, codeId }, plain);
      conflicts.push({ ...row, codeId, sealed, storedAt: now() });
      place.shown.push(shown);
    }
  }
  return changed;
}

/** The items that may hold a code already, with their orders. */
function itemsWithCodes(incoming: IncomingCodes[]): Map<string, string> {
  const items = new Map<string, string>();
  for (const { orderId, codes, bare } of incoming) {
    for (const { itemId } of codes) if (!bare?.has(itemId)) items.set(itemId, orderId);
  }
  return items;
}

const nothingStored = (): StoredCodes => ({ stored: 0, changed: [], repeated: null });

/** As it will come out of the seal again, so that both can be compared. */
const asStored = ({ value, raw }: PlainCode): PlainCode =>
  JSON.parse(JSON.stringify({ value, raw })) as PlainCode;
