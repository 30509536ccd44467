import type { UserActor } from "#app/_server/current-actor.ts";
import { subscribe } from "#app/_server/live-hub.ts";
import { personRoute } from "#app/_server/person-route.ts";
import { findSession } from "#lib/access/session.ts";
import type { Runtime } from "#lib/engine/runtime.ts";

const BEAT_MS = 15_000;

/**
 * Server-sent events: the names of what changed, as it changes. A page that hears one reads again;
 * nothing else travels here. Ends with the session.
 */
export const GET = personRoute(async (ctx, { actor, signal }) => streamTo(ctx, actor, signal));

function streamTo(ctx: Runtime, actor: UserActor, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let end = () => {};

  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true;
      const undo: (() => void)[] = [];
      end = () => {
        open = false;
        for (const step of undo.splice(0)) step();
      };
      // The browser may have left without a word: a late send is nobody's error.
      const send = (text: string) => {
        if (!open) return;
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          end();
        }
      };
      const close = () => {
        if (open) controller.close();
        end();
      };
      const beats = setInterval(async () => {
        const still = await findSession(ctx, actor.sessionId, false).catch(() => actor);
        if (still) send("event: beat\ndata: \n\n");
        else close();
      }, BEAT_MS);
      undo.push(() => clearInterval(beats));
      signal.addEventListener("abort", () => end(), { once: true });
      undo.push(
        await subscribe({ tell: (topic) => send(`event: change\ndata: ${topic}\n\n`), end: close }),
      );
      if (!open || signal.aborted) return end();
      send("retry: 3000\nevent: beat\ndata: \n\n");
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
