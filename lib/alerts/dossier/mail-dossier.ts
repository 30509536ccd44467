import { z } from "zod";
import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import type { EventData } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { withoutAnswer } from "./make-dossier.ts";
import type { DossierData } from "./types.ts";

export type DossierMail = {
  dossierId: string;
  /** Whose mail server it goes by. */
  endpointId: string;
  /** To whom: the supplier's support desk. */
  to: string;
};

const LONGEST_ADDRESS = 254;
const address = z.email().max(LONGEST_ADDRESS);

export type MailedDossier =
  | { kind: "sent"; eventId: string }
  | { kind: "invalid"; problems: { path: "to" | "endpointId"; code: string }[] };

/**
 * Mails a dossier as it was made, by an ordinary delivery; once: whoever wants to tell more makes another. Throws
 * `forbidden`, `not_found`, or `conflict` where it has been mailed.
 */
export async function mailDossier(
  ctx: Pick<Core, "db" | "now" | "newId">,
  actor: Actor,
  { dossierId, endpointId, to }: DossierMail,
  request: RequestFacts,
): Promise<MailedDossier> {
  requirePermission(actor, "alerts.act");
  const recipient = address.safeParse(to.trim());
  if (!recipient.success) return invalid("to", "email");
  return ctx.db.$transaction(async (tx): Promise<MailedDossier> => {
    const dossier = isUuid(dossierId)
      ? await tx.dossier.findUnique({ where: { id: dossierId }, include: { order: ORDER } })
      : null;
    if (!dossier) throw new KeyholdError("not_found", `no dossier ${dossierId}`);
    const endpoint = isUuid(endpointId)
      ? await tx.endpoint.findFirst({
          where: { id: endpointId, channel: "email", deletedAt: null, disabledAt: null },
        })
      : null;
    if (!endpoint) return invalid("endpointId", "gone");
    const eventId = ctx.newId();
    const mailed = await tx.dossier.updateMany({
      where: { id: dossierId, eventId: null },
      data: { eventId, mailedTo: recipient.data },
    });
    if (mailed.count === 0) {
      throw new KeyholdError("conflict", `dossier ${dossierId} was mailed before`);
    }
    const { orderId, text, order } = dossier;
    // Whoever may read deliveries may read what was told; the supplier's answer is for few, and the supplier has it.
    const data = withoutAnswer(dossier.data as unknown as DossierData);
    const told: EventData["order.dossier"] = {
      ...{ dossierId, orderId, text, dossier: data },
      ...{ supplier: order.supplier.slug, supplierOrderId: data.supplierOrderId },
      to: { name: null, address: recipient.data },
    };
    // Of no order: it waits for none of its events, and isn't counted among them.
    const event: NewEvent & { id: string } = {
      ...{ id: eventId, type: "order.dossier", version: 1, subject: orderId, orderId: null },
      ...{ isMock: data.isMock, productIds: [], data: told, endpointId: endpoint.id },
    };
    await announce(tx, ctx, [event], ctx.now());
    await appendAuditEntry(tx, ctx, actor, {
      action: "dossier.mailed",
      objectKind: "dossier",
      objectId: dossierId,
      details: { orderId, to: recipient.data, endpoint: endpoint.name },
      ...request,
    });
    await notify(tx, [`order:${orderId}`]);
    return { kind: "sent", eventId };
  });
}

const ORDER = { select: { supplier: { select: { slug: true } } } } as const;

const invalid = (path: "to" | "endpointId", code: string): MailedDossier => ({
  kind: "invalid",
  problems: [{ path, code }],
});
