import { v7 } from "uuid";
import type { Core } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { createOrder } from "#prisma/factories.ts";
import { openCode, openConflict, placeOf, sealCode, sealConflict } from "./code-seal.ts";
import { createStockProduct } from "./stock.fixture.ts";

export const coreOf = (db: Db, now: () => Date = () => new Date()): Core => ({
  db,
  now,
  newId: v7,
  random: Math.random,
  log: createLog("fatal", []),
});

export type Source = { orderId: string; itemId: string } | { importId: string };

/** An order and an import that codes can come from. */
export async function openSources(db: Db) {
  const { id: supplierId } = await db.supplier.create({
    data: { slug: v7(), kind: "foxreload", name: "FoxReload" },
  });
  const { order, item } = await createOrder(db, supplierId);
  const { id: stockProductId } = await createStockProduct(db);
  const importId = v7();
  await db.codeImport.create({
    data: {
      id: importId,
      stockProductId,
      source: "paste",
      fingerprint: importId,
      total: 1,
      actorKind: "job",
      actorName: "test",
      createdAt: new Date(),
    },
  });
  const positions = new Map<Source, number>();
  const sources: { order: Source; import: Source } = {
    order: { orderId: order.id, itemId: item.id },
    import: { importId },
  };

  return {
    sources,
    /** A sealed code, as it is stored; with what its place showed later, if anything. */
    async store(sealer: Sealer, source: Source, value: string, later: string[] = []) {
      const position = positions.get(source) ?? 0;
      positions.set(source, position + 1);
      const id = v7();
      const at = new Date();
      await db.code.create({
        data: {
          id,
          ...source,
          position,
          stockProductId,
          isMock: false,
          sealed: sealCode(sealer, { codeId: id, source, position }, { value, raw: { value } }),
          blindIndex: sealer.blindIndex(value),
          mask: "••••",
          state: "available",
          stateChangedAt: at,
          storedAt: at,
        },
      });
      for (const other of later) {
        const conflictId = v7();
        const plain = { value: other, raw: { value: other } };
        await db.codeConflict.create({
          data: {
            id: conflictId,
            codeId: id,
            sealed: sealConflict(sealer, { conflictId, codeId: id }, plain),
            blindIndex: sealer.blindIndex(other),
            mask: "••••",
            storedAt: at,
          },
        });
      }
      return id;
    },
  };
}

/** Everything that is sealed, opened: values in the order of their making. */
export async function openAll(db: Db, sealer: Sealer): Promise<string[]> {
  const rows = await db.code.findMany({
    orderBy: { id: "asc" },
    include: { conflicts: { orderBy: { id: "asc" } } },
  });
  const values: string[] = [];
  for (const row of rows) {
    values.push((await openCode(sealer, placeOf(row), row.sealed)).value);
    for (const { id, sealed } of row.conflicts) {
      const plain = await openConflict(sealer, { conflictId: id, codeId: row.id }, sealed);
      values.push(plain.value);
    }
  }
  return values;
}

/** Past the triggers, as somebody with the database in his hands would. */
export const tamper = (db: Db, ...statements: string[]) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    ...statements.map((statement) => db.$executeRawUnsafe(statement)),
  ]);
