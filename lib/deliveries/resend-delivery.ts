import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { hasten, resend, revive } from "./send-again.ts";

export type ResendAnswer =
  /** A new delivery of the same event, with the same message id. */
  | { kind: "resent"; deliveryId: string }
  /** It waited for its next try, and is due now. */
  | { kind: "hastened"; deliveryId: string }
  /** It had applied to nobody; these are on their way now. */
  | { kind: "revived"; deliveryIds: string[] };

/**
 * Sends one delivery again, or at once. Throws `forbidden`, `not_found`, or `conflict` where the endpoint is off,
 * nobody asks for the event, or it is on its way already.
 */
export async function resendDelivery(
  core: Core,
  actor: Actor,
  deliveryId: string,
  request: RequestFacts,
): Promise<ResendAnswer> {
  requirePermission(actor, "deliveries.send");
  return core.db.$transaction(async (tx) => {
    const [found] = isUuid(deliveryId)
      ? await tx.$queryRaw<{ state: string; eventId: string }[]>`
          select state::text, event_id::text as "eventId" from deliveries
          where id = ${deliveryId}::uuid for no key update`
      : [];
    if (!found) throw new KeyholdError("not_found", `delivery ${deliveryId}`);
    const { state, eventId } = found;
    const act = state === "pending" ? hasten : state === "not_apply" ? revive : resend;
    const { pending } = await act(tx, [deliveryId]);
    const [first] = pending;
    if (first === undefined) {
      throw new KeyholdError(
        "conflict",
        `delivery ${deliveryId} is ${state} and can't be sent now`,
      );
    }
    const kind = act === hasten ? "hastened" : act === revive ? "revived" : "resent";
    await appendAuditEntry(tx, core, actor, {
      action: `delivery.${kind}`,
      objectKind: "delivery",
      objectId: deliveryId,
      details: { eventId, ...(kind === "resent" ? { as: first } : { deliveries: pending.length }) },
      ...request,
    });
    await notify(tx, ["deliveries", "outbox"]);
    return kind === "revived" ? { kind, deliveryIds: pending } : { kind, deliveryId: first };
  });
}
