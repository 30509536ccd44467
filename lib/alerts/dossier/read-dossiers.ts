import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { DeliveryState } from "#lib/deliveries/lifecycle.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { withoutAnswer } from "./make-dossier.ts";
import type { DossierData, DossiersView } from "./types.ts";

const MOST_LISTED = 20;

/** An order's dossiers, the newest first, and how another could be mailed; null where there is no such order. */
export async function readDossiers(
  core: Pick<Core, "db" | "now">,
  actor: Actor,
  orderId: string,
): Promise<DossiersView | null> {
  requirePermission(actor, "orders.read");
  requirePermission(actor, "alerts.read");
  if (!isUuid(orderId)) return null;
  const order = await core.db.order.findUnique({
    where: { id: orderId },
    select: {
      supplier: { select: { supportEmail: true } },
      dossiers: { orderBy: { id: "desc" }, take: MOST_LISTED },
    },
  });
  if (!order) return null;
  const make = can(actor, "alerts.act");
  const mails = await core.db.delivery.findMany({
    where: { eventId: { in: order.dossiers.flatMap(({ eventId }) => eventId ?? []) } },
    orderBy: { id: "asc" },
    select: { id: true, eventId: true, state: true },
  });
  const seesAnswers = can(actor, "orders.answers");
  return {
    rows: order.dossiers.map((row) => {
      // The newest: somebody may have had it sent again.
      const mail = mails.findLast(({ eventId }) => eventId === row.eventId);
      const data = row.data as unknown as DossierData;
      return {
        ...{ id: row.id, createdAt: row.createdAt.toISOString(), madeBy: row.actorName },
        ...{ text: row.text, mailedTo: row.mailedTo },
        data: seesAnswers ? data : withoutAnswer(data),
        mail: mail ? { deliveryId: mail.id, state: mail.state as DeliveryState } : null,
      };
    }),
    may: { make },
    mailers: make ? await findMailers(core) : [],
    supportEmail: order.supplier.supportEmail,
    readAt: core.now().toISOString(),
  };
}

const findMailers = (core: Pick<Core, "db">) =>
  core.db.endpoint.findMany({
    where: { channel: "email", deletedAt: null, disabledAt: null },
    orderBy: { name: "asc" },
    select: { id: true, name: true },
  });
