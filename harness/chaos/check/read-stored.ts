import { openCode, openConflict, type PlainCode, placeOf } from "#lib/codes/code-seal.ts";
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
  const raws = await openAll(
    sealer,
    orders.flatMap(({ items }) => items.flatMap(({ codes }) => codes)),
  );
  return {
    orders: orders.map((order) => ({
      id: order.id,
      clientRef: order.clientRef,
      status: order.status,
      supplierOrderId: order.supplierOrderId,
      fingerprint: order.fingerprint,
      isMock: order.isMock,
      chargedTotal: order.chargedTotal?.toFixed() ?? null,
      items: order.items.map(({ position, externalId, quantity, note, codes }) => ({
        position,
        productId: externalId,
        quantity,
        note,
        codes: codes.map(
          ({ conflicts, ...code }): StoredCode => ({
            id: code.id,
            position: code.position,
            sealed: code.sealed,
            blindIndex: code.blindIndex,
            state: code.state,
            raw: raws.get(code.id) ?? null,
            conflicts: conflicts.map(({ id }) => raws.get(id) ?? null),
          }),
        ),
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

type SealedCode = Parameters<typeof placeOf>[0] & {
  sealed: string;
  conflicts: { id: string; sealed: string }[];
};

/** What each code and each conflict holds, by id; what doesn't open is left out. */
async function openAll(sealer: Sealer, codes: SealedCode[]): Promise<Map<string, unknown>> {
  const raws = new Map<string, unknown>();
  const note = (id: string, opened: Promise<PlainCode>) =>
    opened.then(
      ({ raw }) => raws.set(id, raw),
      () => undefined,
    );
  for (const code of codes) {
    await note(code.id, openCode(sealer, placeOf(code), code.sealed));
    for (const { id, sealed } of code.conflicts) {
      await note(id, openConflict(sealer, { conflictId: id, codeId: code.id }, sealed));
    }
  }
  return raws;
}
