/** Handlers behind Node's HTTP, without Next around them. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Readable } from "node:stream";
import type { Runtime } from "#lib/engine/runtime.ts";

/** The process's runtime is `keyhold` from here on: handlers take it from where Next's server would put it. */
export function setRuntime(keyhold: Runtime): void {
  Object.assign(globalThis, { keyholdRuntime: Promise.resolve(keyhold) });
}

/** Answers each request by a route's own handler, or by one like it. */
export function serveHandler(handle: (request: Request) => Promise<Response>): Server {
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
