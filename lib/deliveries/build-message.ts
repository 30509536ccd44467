import { bodyOf, type Extra } from "#lib/events/body-of.ts";
import type { Material } from "#lib/events/material.ts";
import { pageOf } from "#lib/events/page-of.ts";
import type { Message } from "./channel.ts";
import type { DeliveryClaim } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import type { PayloadStyle } from "./types.ts";

/** Only these are about codes that are there. */
const WITH_CODES: readonly string[] = ["order.completed", "order.partial"];

/**
 * What an endpoint is told of an event: with what it gets beside it, found anew for each try and held in
 * memory alone. Rejects where its codes or claim link can't be had.
 */
export async function buildMessage(
  ctx: Pick<DeliveriesContext, "material" | "consoleUrl">,
  { deliveryId, orderId, subject, isResend, event, endpoint }: DeliveryClaim,
): Promise<Message> {
  const style = endpoint.payload;
  const isWithMore = style !== "thin" && orderId !== null && WITH_CODES.includes(event.type);
  const extra = isWithMore
    ? extraOf(
        style,
        await ctx.material({
          orderId,
          style,
          endpointId: endpoint.id,
          endpointName: endpoint.name,
          deliveryId,
          productIds: endpoint.productIds,
        }),
      )
    : undefined;
  const page = pageOf(ctx.consoleUrl, { ...event, orderId, subject });
  return {
    id: event.id,
    type: event.type,
    at: event.at,
    ...bodyOf(event, page, extra),
    consoleUrl: page,
    resendId: isResend ? deliveryId : null,
    group: orderId ?? subject,
  };
}

/** Where there is nothing to tell, that is told. */
function extraOf(style: Exclude<PayloadStyle, "thin">, material: Material): Extra {
  switch (material.kind) {
    case "claim":
      return { claim: { url: material.url, expiresAt: material.expiresAt } };
    case "codes":
      return { codes: material.codes };
    case "none":
      return style === "codes" ? { codes: new Map() } : { claim: null };
  }
}
