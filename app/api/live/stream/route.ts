import { currentActor } from "#app/_server/current-actor.ts";
import { subscribe } from "#app/_server/live-hub.ts";
import { problemResponse } from "#app/_server/problem.ts";
import { runtime } from "#app/_server/runtime.ts";
import { findSession } from "#lib/access/session.ts";

const BEAT_MS = 15_000;

/**
 * Server-sent events: the names of what changed, as it changes. A page that hears one reads again;
 * nothing else travels here. Ends with the session.
 */
export async function GET(request: Request): Promise<Response> {
  const ctx = await runtime();
  const actor = await currentActor();
  if (!actor) return problemResponse({ code: "unauthenticated", reference: ctx.newId() });
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;

  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const end = () => {
        stop();
        controller.close();
      };
      const beats = setInterval(async () => {
        const still = await findSession(ctx, actor.sessionId, false).catch(() => actor);
        if (still) send("event: beat\ndata: \n\n");
        else end();
      }, BEAT_MS);
      const unsubscribe = await subscribe((topic) => send(`event: change\ndata: ${topic}\n\n`));
      stop = () => {
        clearInterval(beats);
        unsubscribe();
        stop = () => undefined;
      };
      request.signal.addEventListener("abort", () => stop(), { once: true });
      send("retry: 3000\nevent: beat\ndata: \n\n");
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
