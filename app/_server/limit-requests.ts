import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Server } from "node:http";

type Limits = {
  /** Within which the head of a request has to be here. */
  headMs: number;
  /** And all of it. */
  wholeMs: number;
};

/** A thousand rows of an import come in a minute over the slowest line that a page still loads by. */
const LIMITS: Limits = { headMs: 15_000, wholeMs: 60_000 };

/**
 * From now on whoever sends his request a byte at a time is cut off (Node looks every half a minute, and would
 * wait for five by itself). Next makes the server and doesn't hand it out: its connections tell which it is.
 * @returns ends it for servers that nobody has come to yet
 */
export function limitRequests({ headMs, wholeMs }: Limits = LIMITS): () => void {
  const limit = (message: unknown): void => {
    const { server } = (message as { socket: { server?: unknown } }).socket;
    if (!(server instanceof Server)) return;
    server.headersTimeout = headMs;
    server.requestTimeout = wholeMs;
  };
  subscribe("net.server.socket", limit);
  return () => void unsubscribe("net.server.socket", limit);
}
