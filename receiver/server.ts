import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** What came in, once its signature held. */
export type ReceivedEvent = {
  id: string;
  /** It came before: at least once means that it may. */
  isRepeated: boolean;
  payload: { type: string; timestamp: string; data: Record<string, unknown> };
};

export type Receiver = { port: number; close(): Promise<void> };

const MOST_BYTES = 1_048_576;
/** Of so many events the ids are remembered. */
const MOST_IDS = 10_000;

/**
 * Receives webhooks on loopback: 204 for what one of the secrets has signed within five minutes, 400 for everything
 * else. The signature is over the body's very bytes, so it is checked before anything is parsed.
 */
export async function startReceiver(
  { port, secrets }: { port: number; secrets: string[] },
  on: { event(event: ReceivedEvent): void; refused(why: string): void },
): Promise<Receiver> {
  const verifiers = secrets.map((secret) => new Webhook(secret));
  const seen = new Set<string>();

  const receive = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== "POST") return 405;
    const body = await readBody(request);
    if (body === null) return 413;
    const headers = request.headers as Record<string, string>;
    const payload = verified(verifiers, body, headers) as ReceivedEvent["payload"] | null;
    const id = headers["webhook-id"];
    if (payload === null || !id) {
      on.refused("a request whose signature isn't genuine, or too old");
      return 400;
    }
    on.event({ id, isRepeated: seen.has(id), payload });
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= MOST_IDS) break;
      seen.delete(oldest);
    }
    return 204;
  };

  const server = createServer((request, response) => {
    receive(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    );
  });
  // Longer than a sender keeps its connections, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function verified(verifiers: Webhook[], body: Buffer, headers: Record<string, string>): unknown {
  for (const verifier of verifiers) {
    try {
      return verifier.verify(body, headers);
    } catch {
      // Signed with another secret, perhaps.
    }
  }
  return null;
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
