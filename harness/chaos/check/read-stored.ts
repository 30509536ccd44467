import { openCode, openConflict, type PlainCode } from "#lib/codes/code-seal.ts";
import type { Db } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Stored, StoredCode } from "./facts.ts";

/** Everything that the checks need of the database, codes opened. Nothing may be writing any more. */
export async function readStored(db: Db, sealer: Sealer, supplierId: string): Promise<Stored> {
  const orders = await db.order.findMany({
    orderBy: { id: "asc" },
    include: {
      items: {
        orderBy: { position: "asc" },
        include: { codes: { orderBy: { position: "asc" }, include: { conflicts: true } } },
      },
      attempts: { orderBy: [{ startedAt: "asc" }, { id: "asc" }] },
      signals: { where: { clearedAt: null } },
      timeline: { where: { kind: "status_changed" }, orderBy: [{ at: "asc" }, { id: "asc" }] },
    },
  });
  const supplierOrders = await db.supplierOrder.findMany({ where: { supplierId } });
  const gates = await db.placementGate.findMany({ where: { supplierId } });
  const balance = await db.balanceSample.findFirst({
    where: { supplierId, currency: "USD" },
    orderBy: [{ sampledAt: "desc" }, { id: "desc" }],
  });
  return {
    orders: orders.map((order) => ({
      id: order.id,
      clientRef: order.clientRef,
      status: order.status,
      supplierOrderId: order.supplierOrderId,
      fingerprint: order.fingerprint,
      isMock: order.isMock,
      chargedTotal: order.chargedTotal?.toFixed() ?? null,
      items: order.items.map(({ id: itemId, position, externalId, quantity, note, codes }) => ({
        position,
        productId: externalId,
        quantity,
        note,
        codes: codes.map(({ conflicts, ...code }): StoredCode => {
          const place = { codeId: code.id, orderId: order.id, itemId, position: code.position };
          return {
            id: code.id,
            position: code.position,
            sealed: code.sealed,
            blindIndex: code.blindIndex,
            withheld: code.withheld,
            raw: opened(() => openCode(sealer, place, code.sealed)),
            conflicts: conflicts.map(({ id: conflictId, sealed }) =>
              opened(() => openConflict(sealer, { conflictId, codeId: code.id }, sealed)),
            ),
          };
        }),
      })),
      attempts: order.attempts.map(({ kind, outcome, resolution }) => ({
        kind,
        outcome,
        resolution,
      })),
      openSignals: order.signals.map(({ key }) => key),
      moves: order.timeline.map(({ data }) => String((data as { to?: unknown }).to)),
    })),
    supplierOrders: supplierOrders.map((row) => ({
      id: row.supplierOrderId,
      attribution: row.attribution,
      orderId: row.orderId,
      alertedAt: row.alertedAt?.toISOString() ?? null,
      fingerprint: row.fingerprint,
    })),
    gates: gates.map(({ fingerprint, frozenAt, waitsFor }) => ({
      fingerprint,
      isFrozen: frozenAt !== null,
      waitsFor,
    })),
    balance: balance && {
      available: balance.available.toFixed(),
      reserved: balance.reserved.toFixed(),
    },
  };
}

function opened(open: () => PlainCode): unknown {
  try {
    return open().raw;
  } catch {
    return null;
  }
}
