import { randomUUID } from "node:crypto";
import type { Runtime } from "#lib/engine/runtime.ts";
import { sameSecret } from "#lib/platform/constant-time.ts";
import { env } from "#lib/platform/env.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { runtime } from "./runtime.ts";

/** A route for the platform's cron: `Authorization: Bearer $CRON_SECRET`, compared in constant time. */
export function cronRoute(run: (ctx: Runtime) => Promise<Record<string, number>>) {
  return async (request: Request): Promise<Response> => {
    const reference = randomUUID();
    let ctx: Runtime | undefined;
    try {
      const given = request.headers.get("authorization") ?? "";
      // Before anything is built or connected for whoever asks.
      if (!sameSecret(given, `Bearer ${env().CRON_SECRET}`)) {
        return problemResponse({ code: "unauthenticated", reference });
      }
      ctx = await runtime();
      return Response.json(await run(ctx), { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return problemResponse(toProblem(error, ctx?.log, reference));
    }
  };
}
