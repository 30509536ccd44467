import { clientAddress } from "#app/_server/client-address.ts";
import { isCrossSite } from "#app/_server/cross-site.ts";
import { correlationId, currentActor } from "#app/_server/current-actor.ts";
import { problemResponse, toProblem } from "#app/_server/problem.ts";
import { refuseHead } from "#app/_server/refuse-head.ts";
import { runtime } from "#app/_server/runtime.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { openPaymentPage } from "#lib/orders/open-payment-page.ts";

/**
 * Sends whoever may place orders to the page at which this one is paid; back to the order where there is none any
 * more. So the address stands in no page of ours, and each look at it has left a trace. Other sites' pages are refused.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const refused = refuseHead(request);
  if (refused) return refused;
  const reference = await correlationId();
  if (isCrossSite(request.headers)) return problemResponse({ code: "forbidden", reference });
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const actor = await currentActor();
    if (!actor) return problemResponse({ code: "unauthenticated", reference });
    const { id } = await params;
    const url = await openPaymentPage(ctx, actor, id, {
      address: clientAddress(request.headers.get("x-forwarded-for")),
      agent: request.headers.get("user-agent"),
      correlationId: reference,
    });
    return new Response(null, {
      status: 303,
      headers: {
        location: url ?? `/orders/${encodeURIComponent(id)}`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    return problemResponse(toProblem(error, ctx?.log, reference));
  }
}
