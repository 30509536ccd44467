import { Agent, type ClientRequestArgs } from "node:http";
import { Agent as SecureAgent } from "node:https";
import type { Duplex } from "node:stream";
import type { buildConnector } from "undici";

type Done = (error: Error | null, socket: Duplex) => void;

/** Makes the connections of a WebSocket by what makes those of HTTP, so that both are guarded alike. */
export function guardedAgent(connector: buildConnector.connector, isSecure: boolean): Agent {
  const agent = isSecure ? new SecureAgent() : new Agent();
  agent.createConnection = (options: ClientRequestArgs, done?: Done) => {
    const hostname = options.host ?? "";
    const protocol = isSecure ? "https:" : "http:";
    connector({ hostname, port: String(options.port ?? ""), protocol }, (...[error, socket]) => {
      // Node takes an error with no socket, which its types don't say.
      (done as ((error: Error | null, socket?: Duplex) => void) | undefined)?.(
        error,
        socket ?? undefined,
      );
    });
    return undefined;
  };
  return agent;
}
