import type { Runtime } from "#lib/engine/runtime.ts";
import type { UserActor } from "./current-actor.ts";
import { personRoute } from "./person-route.ts";
import { problemResponse } from "./problem.ts";

type Read = (
  ctx: Runtime,
  actor: UserActor,
  request: { params: Record<string, string>; query: URLSearchParams },
) => Promise<unknown>;

/** A route handler that answers a signed-in person's page with JSON, never cached. `null`: there is no such thing. */
export function liveRoute(read: Read) {
  return personRoute(async (ctx, { actor, params, query, from: { correlationId } }) => {
    const answer = await read(ctx, actor, { params, query });
    if (answer === null) return problemResponse({ code: "not_found", reference: correlationId });
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  });
}
