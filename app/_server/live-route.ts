import type { Runtime } from "#lib/engine/runtime.ts";
import { isCrossSite } from "./cross-site.ts";
import { correlationId, currentActor, type UserActor } from "./current-actor.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { refuseHead } from "./refuse-head.ts";
import { runtime } from "./runtime.ts";

type Read = (
  ctx: Runtime,
  actor: UserActor,
  request: { params: Record<string, string>; query: URLSearchParams },
) => Promise<unknown>;

/**
 * A route handler that answers a signed-in person's page with JSON, never cached. `null` means that
 * there is no such thing. Other sites' pages are refused.
 */
export function liveRoute(read: Read) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ): Promise<Response> => {
    const refused = refuseHead(request);
    if (refused) return refused;
    const reference = await correlationId();
    if (isCrossSite(request.headers)) return problemResponse({ code: "forbidden", reference });
    let ctx: Runtime | undefined;
    try {
      ctx = await runtime();
      const actor = await currentActor();
      if (!actor) return problemResponse({ code: "unauthenticated", reference });
      const query = new URL(request.url).searchParams;
      const answer = await read(ctx, actor, { params: await context.params, query });
      if (answer === null) return problemResponse({ code: "not_found", reference });
      return Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return problemResponse(toProblem(error, ctx?.log, reference));
    }
  };
}
