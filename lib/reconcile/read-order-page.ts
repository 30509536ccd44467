import { type Actor, can } from "#lib/access/actor.ts";
import { basketOfOrder } from "#lib/orders/order-basket.ts";
import { type OrderReader, readOrder } from "#lib/orders/read-order.ts";
import { fingerprintOf } from "#lib/placement/basket.ts";
import type { GateKey } from "#lib/placement/gates.ts";
import type { Core } from "#lib/platform/core.ts";
import { type Doubt, readDoubt } from "./doubt.ts";
import { pictureOf } from "./picture.ts";
import { readEvidence } from "./read-evidence.ts";
import { toCandidate } from "./to-candidate.ts";
import type { OrderPageView } from "./types.ts";

/** Everything about one order, what is in doubt about it included; null when there is none. */
export async function readOrderPage(
  core: OrderReader,
  actor: Actor,
  orderId: string,
): Promise<OrderPageView | null> {
  const order = await readOrder(core, actor, orderId);
  if (!order) return null;
  if (order.status !== "unconfirmed" && order.status !== "submitting") {
    return { ...order, evidence: null, waitsFor: null };
  }
  const key = await gateOf(core, orderId);
  const doubt = await readDoubt(core.db, key);
  if (!doubt) return { ...order, evidence: null, waitsFor: null };
  return {
    ...order,
    evidence:
      order.status === "unconfirmed" ? await readEvidence(core, actor, orderId, doubt) : null,
    waitsFor: order.status === "submitting" ? await readWait(core, actor, orderId, doubt) : null,
  };
}

async function gateOf({ db }: Core, orderId: string): Promise<GateKey> {
  const { supplierId, fingerprint } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { supplierId: true, fingerprint: true },
  });
  return {
    supplierId,
    fingerprint: fingerprint ?? fingerprintOf(await basketOfOrder(db, orderId)),
  };
}

async function readWait(
  core: Core,
  actor: Actor,
  orderId: string,
  doubt: Doubt,
): Promise<OrderPageView["waitsFor"]> {
  const { supplierId, fingerprint } = doubt;
  const gate = await core.db.placementGate.findUnique({
    where: { supplierId_fingerprint: { supplierId, fingerprint } },
  });
  if (!gate?.frozenAt) return null;
  const twin = await core.db.order.findFirst({
    where: { supplierId, fingerprint, status: "unconfirmed", id: { not: orderId } },
    orderBy: { id: "asc" },
    select: { id: true, status: true },
  });
  return {
    supplierId,
    twin: twin && { orderId: twin.id, status: twin.status },
    supplierOrders: twin ? [] : doubt.candidates.map((candidate) => toCandidate(candidate, doubt)),
    since: gate.frozenAt.toISOString(),
    picture: pictureOf(doubt),
    mayDecide: can(actor, "orders.decide"),
  };
}
