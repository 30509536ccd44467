import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export type RawServer = {
  baseUrl: string;
  /** Head and body of each request, in order of arrival. */
  requests: string[];
  /** How many connections were opened so far. */
  connections(): number;
  /** How many are open now. */
  open(): number;
  close(): Promise<void>;
};

/** What to do with one complete request: usually write bytes, perhaps end or reset. */
export type Reply = (socket: Socket, request: string) => void;

/**
 * A TCP server on a free loopback port that shows requests and answers with raw bytes, so that a
 * test can break HTTP at any byte. `onConnect` runs before anything is read.
 */
export async function startRawServer(
  reply: Reply,
  onConnect: (socket: Socket) => void = () => undefined,
): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    onConnect(socket);
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      for (let end = requestEnd(received); end > 0; end = requestEnd(received)) {
        const request = received.slice(0, end);
        received = received.slice(end);
        requests.push(request);
        reply(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Length of the first complete request in `text`, or 0. */
function requestEnd(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head));
  const end = head + 4 + Number(length?.[1] ?? 0);
  return text.length >= end ? end : 0;
}

/** A complete HTTP answer. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({ "content-type": "application/json", ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} X\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
