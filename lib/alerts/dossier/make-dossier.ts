import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { gatherDossier } from "./gather-dossier.ts";
import type { DossierData } from "./types.ts";
import { writeDossier } from "./write-dossier.ts";

export type MadeDossier = { id: string; text: string; data: DossierData; createdAt: string };

/**
 * Puts together what the supplier's support desk may know of an order as it is now, and keeps it with the order.
 * Each call makes another. Throws `forbidden` or `not_found`.
 */
export async function makeDossier(
  ctx: Pick<Core, "db" | "now" | "newId">,
  actor: Actor,
  orderId: string,
  request: RequestFacts,
): Promise<MadeDossier> {
  requirePermission(actor, "alerts.act");
  requirePermission(actor, "orders.read");
  return ctx.db.$transaction(async (tx) => {
    const known = isUuid(orderId) ? await gatherDossier(tx, orderId) : null;
    if (!known) throw new KeyholdError("not_found", `no order ${orderId}`);
    const data = can(actor, "orders.answers") ? known : withoutAnswer(known);
    const now = ctx.now();
    const text = writeDossier(data, now);
    const id = ctx.newId();
    await tx.dossier.create({
      data: {
        ...{ id, orderId, createdAt: now, actorName: actor.name, text },
        data: data as unknown as Prisma.InputJsonObject,
      },
    });
    await appendAuditEntry(tx, ctx, actor, {
      action: "dossier.made",
      objectKind: "dossier",
      objectId: id,
      details: { orderId, supplierOrderId: data.supplierOrderId },
      ...request,
    });
    await notify(tx, [`order:${orderId}`]);
    return { id, text, data, createdAt: now.toISOString() };
  });
}

/** For those who may not see what suppliers answer. */
export function withoutAnswer({ lastAnswer: _, ...data }: DossierData): DossierData {
  return data;
}
