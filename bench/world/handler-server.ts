/** A route's own handler behind Node's HTTP, without Next around it. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Readable } from "node:stream";
import type { Runtime } from "#lib/engine/runtime.ts";

/** The process's runtime is `keyhold` from here on: handlers take it from where Next's server would put it. */
export function serveHandler(
  keyhold: Runtime,
  handle: (request: Request) => Promise<Response>,
): Server {
  Object.assign(globalThis, { keyholdRuntime: Promise.resolve(keyhold) });
  return createServer(async (incoming, outgoing) => {
    const answer = await handle(toRequest(incoming));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(await answer.text());
  });
}

function toRequest(incoming: IncomingMessage): Request {
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  const headers = incoming.headers as Record<string, string>;
  const options = { method: "POST", headers, body, duplex: "half" };
  return new Request(`http://localhost${incoming.url}`, options as RequestInit);
}
