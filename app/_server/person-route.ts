import type { Runtime } from "#lib/engine/runtime.ts";
import { clientAddress } from "./client-address.ts";
import { isCrossSite } from "./cross-site.ts";
import { correlationId, currentActor, type UserActor } from "./current-actor.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { refuseHead } from "./refuse-head.ts";
import { runtime } from "./runtime.ts";

/** What a signed-in person asks for. */
type Asked = {
  actor: UserActor;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Where he asks from, for what is noted of it. */
  from: { address: string | null; agent: string | null; correlationId: string };
};

/**
 * A route handler for GET by whoever is signed in; what `answer` throws is told as a problem. Other sites' pages are
 * refused, and HEAD, which would do what nobody gets.
 */
export function personRoute(answer: (ctx: Runtime, asked: Asked) => Promise<Response>) {
  return async (
    request: Request,
    // Next gives a route without parameters none.
    context?: { params: Promise<Record<string, string>> },
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
      return await answer(ctx, {
        actor,
        params: (await context?.params) ?? {},
        query: new URL(request.url).searchParams,
        signal: request.signal,
        from: {
          address: clientAddress(request.headers.get("x-forwarded-for")),
          agent: request.headers.get("user-agent"),
          correlationId: reference,
        },
      });
    } catch (error) {
      return problemResponse(toProblem(error, ctx?.log, reference));
    }
  };
}
