import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { lockWatch, oldOnes, watchOldCodes } from "#lib/codes/watch-old-codes.ts";
import type { NoMaterial } from "#lib/events/material.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { materialFor } from "./announced-codes.ts";

export type LinkForOrder =
  | { kind: "link"; url: string; expiresAt: string }
  | { kind: "none"; why: NoMaterial["why"] };

/**
 * The one claim link of an order, the same that its endpoints are told of, however often somebody asks. Whoever
 * has it can open the codes, so it takes the right to see them, and each look at it is audited before it leaves.
 * Throws `forbidden` or `not_found`.
 */
export async function linkForOrder(
  ctx: Core & { sealer: Sealer; consoleUrl: string },
  actor: Actor,
  orderId: string,
  request: RequestFacts,
): Promise<LinkForOrder> {
  requirePermission(actor, "codes.reveal");
  const order = await ctx.db.order.findUnique({
    where: { id: orderId },
    select: { status: true, customerRef: true },
  });
  if (!order) throw new KeyholdError("not_found", `order ${orderId}`);
  if (order.status !== "completed" && order.status !== "partial") {
    return { kind: "none", why: isOver(order.status) ? "withheld" : "no_codes" };
  }
  const found = await materialFor(ctx, {
    orderId,
    style: "claim_link",
    endpointId: "",
    endpointName: "",
    deliveryId: "",
  });
  if (found.kind === "none") return found;
  if (found.kind !== "claim") throw new Error("A claim link was asked for.");
  await ctx.db.$transaction(async (tx) => {
    const opened = { orderId, state: "handed_out" as const };
    const codes =
      actor.kind === "key" ? await tx.code.findMany({ where: opened, select: STORED }) : [];
    const old = oldOnes(codes, ctx.now()).map(({ id }) => id);
    if (actor.kind === "key" && old.length > 0) {
      await lockWatch(tx, actor);
      await watchOldCodes(tx, ctx, actor, old);
    }
    await appendAuditEntry(tx, ctx, actor, {
      action: "claim_link.told",
      objectKind: "order",
      objectId: orderId,
      details: {
        ...{ customerRef: order.customerRef, expiresAt: found.expiresAt },
        ...(old.length > 0 ? { old: true } : {}),
      },
      ...request,
    });
  });
  return { kind: "link", url: found.url, expiresAt: found.expiresAt };
}

const STORED = { id: true, storedAt: true, isMock: true } as const;

const isOver = (status: string): boolean => ["cancelled", "failed", "refunded"].includes(status);
