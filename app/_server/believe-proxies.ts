import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/**
 * From now on the last of a request's `X-Forwarded-For` is where it came from: as our own proxies tell, so many of
 * them, or as the connection does. What a client writes there itself is nobody's word.
 */
export function believeProxies(count: number): void {
  subscribe("http.server.request.start", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    const peer = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, "") ?? "";
    const from = cameFrom(request.headers["x-forwarded-for"], peer, count);
    if (from) request.headers["x-forwarded-for"] = from;
    else delete request.headers["x-forwarded-for"];
  });
}

/** Each proxy adds whom it heard it from; whoever came past them all is known by his connection. */
export function cameFrom(
  forwardedFor: string | string[] | undefined,
  peer: string,
  proxies: number,
): string {
  const told = [forwardedFor ?? []].flat().join(",").split(",");
  const hops = [...told.map((hop) => hop.trim()).filter(Boolean), peer];
  return hops.at(-1 - proxies) ?? peer;
}
