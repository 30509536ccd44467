import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { clearExtra } from "#lib/orders/record-extra.ts";
import { wakeGate } from "#lib/placement/gates.ts";
import { setAttribution } from "#lib/placement/mirror.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { tellUnattributed } from "./tell-unattributed.ts";
import type { DecisionResult } from "./types.ts";

/**
 * A person says that a supplier order was placed by somebody else: it is left alone from now on. Throws
 * `forbidden`, `not_found`, `invalid` (the reason), and `conflict` when it is an order's of ours.
 */
export async function markForeign(
  ctx: OrdersContext,
  actor: Actor,
  input: { supplierId: string; supplierOrderId: string; reason: string },
  request: RequestFacts,
): Promise<DecisionResult> {
  requirePermission(actor, "orders.decide");
  const reason = reasonText(input.reason);
  const { supplierId } = input;
  const id = input.supplierOrderId.toLowerCase();
  if (!isUuid(supplierId)) throw new KeyholdError("not_found", "no such supplier");
  // What PostgreSQL can't hold, no list has shown.
  if (/\p{Cc}/u.test(id)) throw new KeyholdError("not_found", "no such supplier order");
  const known = await ctx.db.supplierOrder.findUnique({
    where: { supplierId_supplierOrderId: { supplierId, supplierOrderId: id } },
    select: { fingerprint: true },
  });
  await ctx.db.$transaction(async (tx) => {
    // Gates are locked before supplier orders, as everybody does.
    if (known?.fingerprint) await wakeGate(tx, { supplierId, fingerprint: known.fingerprint });
    const [row] = await tx.$queryRaw<{ attribution: string | null }[]>`
      select attribution from supplier_orders
      where supplier_id = ${supplierId}::uuid and supplier_order_id = ${id} for update`;
    if (!row) throw new KeyholdError("not_found", `supplier order ${id}`);
    if (row.attribution === "ours")
      throw new KeyholdError("conflict", `supplier order ${id} is ours`);
    await setAttribution(tx, ctx, supplierId, id, {
      attribution: "foreign",
      by: actor.name,
      reason,
    });
    await appendAuditEntry(tx, ctx, actor, {
      action: "supplier-order.marked-foreign",
      objectKind: "supplier",
      objectId: supplierId,
      reason,
      details: { supplierOrderId: id },
      ...request,
    });
    await tellUnattributed(tx, ctx, supplierId, { isMore: false });
    await clearExtra(tx, ctx, id);
    // What was told of it, and of orders that nobody knew: it is looked at once more what they are about.
    await tx.$executeRaw`
      update inbox_messages set next_at = date_trunc('milliseconds', now()), tries = 0
      where supplier_id = ${supplierId}::uuid and state = 'unmatched' and next_at is null`;
    await notify(tx, ["supplier_orders", "work"]);
    await ctx.reach?.("decision_written");
  });
  await ctx.reach?.("decision_committed");
  return { kind: "done" };
}
