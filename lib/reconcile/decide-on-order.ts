/** What the person's decisions have in common: who may, the fresh listing, and the picture. */

import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { type AuditEntryInput, appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { Observation } from "#lib/orders/observation.ts";
import { fingerprintOfOrder } from "#lib/orders/order-basket.ts";
import { isOwnedByAnother } from "#lib/orders/record-answer.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { searchPages } from "#lib/orders/search-pages.ts";
import { type GateKey, wakeGate } from "#lib/placement/gates.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { type Doubt, readDoubt, settledAt } from "./doubt.ts";
import { listOrders } from "./list-orders.ts";
import { earliestThere } from "./list-schedule.ts";
import { pictureOf } from "./picture.ts";
import { readTooLong } from "./read-too-long.ts";
import type { DecisionResult } from "./types.ts";

export type DecisionInput = {
  orderId: string;
  reason: string;
  /** The picture that the person saw; null where the decision doesn't rest on one. */
  picture: string | null;
};

/** Whether a decision is one on what the list doesn't show; others may do without a readable list. */
export type NeedsList = { needsList: boolean };

/** An order whose decision is being carried out: everything is locked, and as the person saw it. */
export type Deciding = {
  orderId: string;
  reason: string;
  doubt: Doubt;
  status: string;
  supplierId: string;
};

/**
 * Lists the supplier's orders once more, and then decides under the order's lock, if the person's
 * picture still holds. Throws `forbidden`, `not_found`, `invalid` (the reason), and `conflict` when the
 * order is not in doubt any more or is being sent at this moment.
 */
export async function decideOnOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: DecisionInput,
  request: RequestFacts,
  { needsList }: NeedsList,
  act: (tx: Tx, deciding: Deciding) => Promise<{ result: DecisionResult; audit: Audit }>,
): Promise<DecisionResult> {
  requirePermission(actor, "orders.decide");
  const reason = reasonText(input.reason);
  const { orderId } = input;
  if (!isUuid(orderId)) throw new KeyholdError("not_found", "no such order");
  const order = await ctx.db.order.findUnique({
    where: { id: orderId },
    select: { supplierId: true, createdAt: true, status: true },
  });
  if (!order) throw new KeyholdError("not_found", `order ${orderId}`);
  const gate = {
    supplierId: order.supplierId,
    fingerprint: await fingerprintOfOrder(ctx.db, orderId),
  };
  const problem = await askAfresh(ctx, orderId, order, gate);
  if (problem !== null && needsList) return { kind: "not_listed", problem };
  await ctx.reach?.("decision_listed");
  const result = await ctx.db.$transaction(async (tx) => {
    const deciding = await lockDoubt(tx, orderId, gate, reason);
    // Gates are locked before supplier orders, as everybody does.
    await wakeGate(tx, gate);
    if (input.picture !== null && pictureOf(deciding.doubt) !== input.picture) {
      return { kind: "picture_changed" as const };
    }
    const { result: done, audit } = await act(tx, deciding);
    await appendAuditEntry(tx, ctx, actor, {
      ...audit,
      objectKind: "order",
      objectId: orderId,
      reason,
      ...request,
    });
    await ctx.reach?.("decision_written");
    return done;
  });
  await ctx.reach?.("decision_committed");
  return result;
}

export type Audit = Pick<AuditEntryInput, "action" | "details">;

/** Answers why the supplier could not be asked once more; null when everything it can say is known. */
async function askAfresh(
  ctx: OrdersContext,
  orderId: string,
  { status, createdAt }: { status: string; createdAt: Date },
  gate: GateKey,
): Promise<string | null> {
  const account = ctx.suppliers.byId(gate.supplierId);
  if (!account) return "The supplier is not connected.";
  const { findsByReference, listsOrders } = account.supplier.traits;
  if (findsByReference) {
    return status === "unconfirmed" ? searchAfresh(ctx, account, orderId, gate) : null;
  }
  // The person has looked at the supplier's own pages, then.
  return listsOrders ? listAfresh(ctx, account, gate, createdAt) : null;
}

/** Somebody waits for the answer: so long for each page's turn, and so long for all of them. */
const FIND = { kind: "read", slice: "reconcile", what: "find", patienceMs: 5_000 } as const;
const SEARCH_FOR_MS = 20_000;

/** What it finds is recorded: the order is not in doubt any more, then. */
async function searchAfresh(
  ctx: OrdersContext,
  account: SupplierAccount,
  orderId: string,
  gate: GateKey,
): Promise<string | null> {
  // Nobody searches any more: the person has looked at the supplier's own pages.
  if (await readTooLong(ctx.db, orderId)) return null;
  const doubt = await readDoubt(ctx.db, gate);
  // What was asked earlier says nothing of what landed since.
  const notBefore = doubt && settledAt(doubt);
  const until = ctx.now().getTime() + SEARCH_FOR_MS;
  const searched = await searchPages(ctx, {
    orderId,
    call: (ask) => ctx.suppliers.call(ctx, account, FIND, ask),
    ...(notBefore && { notBefore }),
    isLeft: () => ctx.now().getTime() > until,
  });
  switch (searched.kind) {
    case "refused":
      return searched.refusal.detail;
    case "unknown":
      return searched.reason;
    case "not_called":
      return "The account has to stay silent for now.";
    case "left":
      return `Its list of orders is long: ${searched.pages} pages were searched so far. Decide again in a moment, and the search goes on from there.`;
    case "too_long":
      await record(ctx, orderId, { kind: "not_searchable", pages: searched.pages });
      return `Its list of orders is too long to be searched for this one. Look for it on the supplier's own pages, then decide.`;
    case "none":
      return null;
    case "order":
      return recordFound(ctx, orderId, searched.order);
  }
}

const record = (
  ctx: OrdersContext,
  orderId: string,
  answer: Observation["answer"],
): Promise<unknown> =>
  recordObservations(ctx, [
    { orderId, source: "search", answer, attemptId: null, leaseToken: null },
  ]);

async function recordFound(
  ctx: OrdersContext,
  orderId: string,
  order: SupplierOrder,
): Promise<string | null> {
  try {
    await record(ctx, orderId, { kind: "order", order });
    return null;
  } catch (error) {
    if (!isOwnedByAnother(error)) throw error;
    return "The supplier names a supplier order that belongs to another order here.";
  }
}

async function listAfresh(
  ctx: OrdersContext,
  account: SupplierAccount,
  gate: GateKey,
  since: Date,
): Promise<string | null> {
  const doubt = await readDoubt(ctx.db, gate);
  const { isComplete, problem } = await listOrders(ctx, account, {
    backTo: doubt?.listFrom ?? earliestThere(since, doubt?.clockOffsetMs ?? null),
    knownBefore: null,
    points: { read: "gate_page_read" },
  });
  return isComplete ? null : (problem ?? "The list could not be read back far enough.");
}

async function lockDoubt(
  tx: Tx,
  orderId: string,
  gate: GateKey,
  reason: string,
): Promise<Deciding> {
  const [order] = await tx.$queryRaw<{ status: string; supplier_id: string }[]>`
    select status::text, supplier_id from orders where id = ${orderId}::uuid for no key update`;
  if (order?.status !== "unconfirmed" && order?.status !== "submitting") {
    throw new KeyholdError("conflict", `order ${orderId} is not in doubt any more`);
  }
  const sending = await tx.orderAttempt.count({ where: { orderId, finishedAt: null } });
  if (sending > 0) throw new KeyholdError("conflict", `order ${orderId} is being sent`);
  const doubt = await readDoubt(tx, gate);
  if (!doubt) throw new KeyholdError("not_found", `order ${orderId}`);
  return { orderId, reason, doubt, status: order.status, supplierId: order.supplier_id };
}
