import type { Tx } from "#lib/platform/db.ts";
import type { Resolution } from "./decision.ts";
import type { Observation } from "./observation.ts";

/**
 * `closed`: the answer is the attempt's first, or tells more than the `unknown` before it. `resolved`: it
 * comes after the attempt had been cleared up without it, and is not written down yet.
 */
export type Closed = "closed" | "resolved" | "answered_before" | "no_attempt";

type AttemptRow = {
  outcome: string | null;
  resolution: string | null;
  orderStatus: string;
  /** The order's by now, whoever brought it. */
  supplierOrderId: string | null;
};

/**
 * Writes the answer down with what was sent. An attempt is answered once; only an `unknown` may still
 * give way to what really came back.
 */
export async function closeAttempt(tx: Tx, observation: Observation, now: Date): Promise<Closed> {
  const { orderId, attemptId, answer, firstByteAt } = observation;
  if (!attemptId) return "no_attempt";
  const [attempt] = await tx.$queryRaw<AttemptRow[]>`
    select a.outcome, a.resolution,
      o.status::text as "orderStatus", case when a.kind = 'create' then o.supplier_order_id end as "supplierOrderId"
    from order_attempts a join orders o on o.id = a.order_id
    where a.id = ${attemptId}::uuid and a.order_id = ${orderId}::uuid`;
  if (!attempt) return "answered_before";
  const outcome = outcomeOf(answer);
  const tellsMore = attempt.outcome === "unknown" && outcome !== "unknown";
  if (attempt.outcome !== null && !tellsMore) return "answered_before";
  if (attempt.resolution !== null) return answer.kind === "order" ? "resolved" : "answered_before";
  const refused = answer.kind === "refused" ? answer.refusal : null;
  const unknown = answer.kind === "unknown" ? answer : null;
  await tx.orderAttempt.update({
    where: { id: attemptId },
    data: {
      // One create an order is accepted; the schema holds it.
      outcome: outcome === "accepted" && isLate(attempt, answer) ? "orphaned" : outcome,
      detail: refused?.detail ?? unknown?.reason ?? null,
      httpStatus: refused?.httpStatus ?? unknown?.httpStatus ?? null,
      finishedAt: now,
      ...(firstByteAt ? { firstByteAt } : {}),
    },
  });
  return "closed";
}

/** A create's answer brings an order that this one can't have any more; the one that it has already is none. */
function isLate(
  { orderStatus, supplierOrderId }: AttemptRow,
  answer: Observation["answer"],
): boolean {
  if (orderStatus === "rejected") return true;
  const theirs = answer.kind === "order" ? answer.order.supplierOrderId : null;
  return supplierOrderId !== null && supplierOrderId.toLowerCase() !== theirs?.toLowerCase();
}

/** An attempt that had been cleared up without its answer got one after all. */
export async function reviseAttempt(
  tx: Tx,
  attemptId: string,
  outcome: "accepted" | "orphaned",
): Promise<void> {
  const resolution = outcome === "accepted" ? { resolution: "claimed" } : {};
  await tx.orderAttempt.update({ where: { id: attemptId }, data: { outcome, ...resolution } });
}

function outcomeOf(answer: Observation["answer"]): "accepted" | "refused" | "unknown" {
  switch (answer.kind) {
    case "order":
    case "accepted":
      return "accepted";
    case "refused":
      // This call made nothing; an earlier one of the same intent did, and nobody knows which order.
      return answer.refusal.class === "conflict" ? "unknown" : "refused";
    case "unknown":
      return "unknown";
    case "held_back":
    case "not_created":
    case "not_found":
    case "not_searchable":
    case "given_up":
      throw new Error(`${answer.kind} is no answer to an attempt`);
  }
}

const TOLD_FIRST = "The supplier told of the order before it answered this.";

/** What was unclear about an order's creates isn't any more; of one that is under way, its answer adds nothing. */
export async function resolveCreates(
  tx: Tx,
  orderId: string,
  resolution: Resolution,
  now: Date,
): Promise<void> {
  if (resolution === "claimed") {
    await tx.orderAttempt.updateMany({
      where: { orderId, kind: "create", outcome: null },
      data: { outcome: "unknown", detail: TOLD_FIRST, finishedAt: now },
    });
  }
  await tx.orderAttempt.updateMany({
    where: { orderId, kind: "create", outcome: "unknown", resolution: null },
    data: { resolution, resolvedAt: now },
  });
}
