import { randomUUID } from "node:crypto";
import type { Runtime } from "#lib/engine/runtime.ts";
import { sameSecret } from "#lib/platform/constant-time.ts";
import { env } from "#lib/platform/env.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { refuseHead } from "./refuse-head.ts";
import { runtime } from "./runtime.ts";

/**
 * A route for other machines, not people (the platform's cron, a monitor):
 * `Authorization: Bearer $CRON_SECRET`, compared in constant time.
 */
export function secretRoute(answer: (ctx: Runtime) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    const refused = refuseHead(request);
    if (refused) return refused;
    const reference = randomUUID();
    let ctx: Runtime | undefined;
    try {
      const given = request.headers.get("authorization") ?? "";
      // Before anything is built or connected for whoever asks.
      if (!sameSecret(given, `Bearer ${env().CRON_SECRET}`)) {
        return problemResponse({ code: "unauthenticated", reference });
      }
      ctx = await runtime();
      return await answer(ctx);
    } catch (error) {
      return problemResponse(toProblem(error, ctx?.log, reference));
    }
  };
}

/** A route for the platform's cron. */
export function cronRoute(run: (ctx: Runtime) => Promise<Record<string, number>>) {
  return secretRoute(async (ctx) =>
    Response.json(await run(ctx), { headers: { "cache-control": "no-store" } }),
  );
}
