/** I7, I8, I20, and that no wish got lost: how orders went, and where they ended. */
import { type Facts, FINISHED, type StoredOrder, type Violation } from "./facts.ts";

/** How far along a status is; a later one may skip some. */
const RANK: Record<string, number> = {
  submitting: 0,
  unconfirmed: 0,
  awaiting_payment: 1,
  paid: 2,
  processing: 3,
  partial: 4,
  completed: 5,
  cancelled: 5,
  failed: 5,
  rejected: 5,
  refunded: 6,
};

export function checkOrders(facts: Facts): Violation[] {
  return [
    ...checkIntents(facts),
    ...checkForward(facts),
    ...facts.stored.orders.flatMap((order) => [
      ...checkEnd(order),
      ...checkAgreement(facts, order),
      ...checkRest(facts, order),
    ]),
  ];
}

/** What a customer was told is written down is there, once; and nothing else is. */
function checkIntents({ intents, stored }: Facts): Violation[] {
  const known = new Map(stored.orders.map((order) => [order.clientRef, order]));
  const found = intents.flatMap(({ clientRef, orderIds }): Violation[] => {
    const order = known.get(clientRef);
    known.delete(clientRef);
    const [first = null] = orderIds;
    if (!order) return [lost(first, `the wish ${clientRef} was confirmed, and is lost`)];
    if (orderIds.size === 1 && first === order.id) return [];
    return [lost(order.id, `the wish ${clientRef} was answered with ${[...orderIds].join(", ")}`)];
  });
  return [
    ...found,
    ...[...known.values()].map(({ id, clientRef }) => lost(id, `nobody wished for ${clientRef}`)),
  ];
}

const lost = (orderId: string | null, detail: string): Violation => ({
  id: "intent",
  orderId,
  detail,
});

/** I7: forward only, and the supplier order stays, as an onlooker saw it. */
function checkForward({ history }: Facts): Violation[] {
  return [...history.orders].flatMap(([orderId, seen]) =>
    seen.slice(1).flatMap((now, index): Violation[] => {
      const before = seen[index];
      if (!before) return [];
      const found: Violation[] = [];
      const isBack =
        (RANK[now.status] ?? 0) < (RANK[before.status] ?? 0) ||
        (now.status !== before.status && now.status !== "refunded" && RANK[before.status] === 5);
      if (isBack) {
        found.push({ id: "I7", orderId, detail: `went from ${before.status} to ${now.status}` });
      }
      const was = before.supplierOrderId;
      if (was !== null && was !== now.supplierOrderId) {
        found.push({ id: "I7", orderId, detail: `was ${was}, and became ${now.supplierOrderId}` });
      }
      return found;
    }),
  );
}

/** I8: an end is reached once. */
function checkEnd({ id, status, moves }: StoredOrder): Violation[] {
  if (!FINISHED.includes(status) || status === "rejected") return [];
  const times = moves.filter((to) => to === status).length;
  if (times === 1) return [];
  return [{ id: "I8", orderId: id, detail: `came to ${status} ${times} times` }];
}

/** An end that is no end at the supplier was believed too soon. */
function checkAgreement({ truth }: Facts, order: StoredOrder): Violation[] {
  const { id: orderId, status, supplierOrderId } = order;
  if (!FINISHED.includes(status) || supplierOrderId === null) return [];
  const there = truth.orders.find(({ id }) => id === supplierOrderId.toLowerCase());
  const here = status === "partial" ? "completed" : status;
  if (!there || there.status === here) return [];
  return [{ id: "I7", orderId, detail: `is ${status}, and ${there.status} at the supplier` }];
}

/** I20: terminal, or before a person. */
function checkRest(facts: Facts, order: StoredOrder): Violation[] {
  if (isAtRest(facts.stored.gates, order)) return [];
  const gate = facts.stored.gates.find(({ fingerprint }) => fingerprint === order.fingerprint);
  const why = gate?.isFrozen ? `; its basket waits for: ${gate.waitsFor}` : "";
  return [{ id: "I20", orderId: order.id, detail: `is ${order.status} still${why}` }];
}

type Resting = Pick<StoredOrder, "status" | "fingerprint" | "openSignals">;

/** Whether nothing more happens by itself, or something on its page asks a person to act. */
export function isAtRest(
  gates: Facts["stored"]["gates"],
  { status, fingerprint, openSignals }: Resting,
): boolean {
  if (FINISHED.includes(status)) return true;
  const gate = gates.find((one) => one.fingerprint === fingerprint);
  const isWithPerson = gate?.isFrozen === true && gate.waitsFor === "person";
  switch (status) {
    case "unconfirmed":
      // With its gate open, it was sent and came to nothing too often.
      return openSignals.includes("unconfirmed") && (isWithPerson || !gate?.isFrozen);
    case "submitting":
      return openSignals.includes("waits_for_twin") && isWithPerson;
    default:
      return openSignals.includes("pay_refused") || openSignals.includes("lost_at_supplier");
  }
}
