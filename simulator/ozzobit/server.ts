import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen, readBody, stop } from "../http/listen.ts";
import { answer, endpointOf, type Keys, type Reply, type Request } from "./api.ts";
import { createControl } from "./control.ts";
import { type Faults, faultsSchema } from "./faults.ts";
import { createOrderBook, type OrderBook } from "./order-book.ts";
import { openSockets, type Sockets } from "./socket.ts";
import { type Sent, sendWebhook, type Target } from "./webhook.ts";

const MAX_BODY_BYTES = 1024 * 1024;
const GRACE_MS = 500;

export type OzzobitOptions = {
  port?: number;
  controlPort?: number;
  apiKey?: string;
  apiSecret?: string;
  /** How long a token lives. */
  tokenSeconds?: number;
  heartbeatMs?: number;
  /** Between two steps of an order. */
  stepMs?: number;
  webhook?: Target | null;
  now?: () => number;
};

/** Everything that the control port changes or shows. */
export type OzzobitWorld = {
  book: OrderBook;
  keys: Keys;
  faults: Faults;
  target: Target | null;
  sockets: Sockets;
  /** Webhooks that were sent, and requests that came, oldest first. */
  sent: Sent[];
  requests: { endpoint: string; status: number | "lost" }[];
};

export type OzzobitSimulator = {
  /** For `baseUrl` and `socketUrl` of an account. */
  baseUrl: string;
  socketUrl: string;
  controlUrl: string;
  port: number;
  controlPort: number;
  world: OzzobitWorld;
  /** Every webhook that was to be sent has been. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/** Starts OZZOBiT's stand-in on loopback: HTTP, webhooks and socket.io, and a control port. All in memory. */
export async function startOzzobit(options: OzzobitOptions = {}): Promise<OzzobitSimulator> {
  const { apiKey = "oz-key", apiSecret = "oz-secret-0123456789", now = Date.now } = options;
  const sending = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  const http = createServer((request, response) => void serve(request, response));
  const book = createOrderBook((order) => {
    // Of now: it goes on while the message is on its way.
    const told = { ...order };
    const { target, faults } = world;
    world.sockets.tell(told);
    if (!target) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const sends = sendWebhook(told, target, faults.webhook).then((sent) => {
        world.sent.push(...sent);
      });
      sending.add(sends);
      void sends.finally(() => sending.delete(sends));
    }, faults.webhook.delayMs);
    timers.add(timer);
  }, now);
  if (options.stepMs !== undefined) book.stepMs = options.stepMs;
  const world: OzzobitWorld = {
    book,
    keys: { apiKey, apiSecret, tokenSeconds: options.tokenSeconds ?? 900, tokens: new Map() },
    faults: faultsSchema.parse({}),
    target: options.webhook ?? null,
    sockets: openSockets(http, {
      apiKey: () => world.keys.apiKey,
      faults: () => world.faults.socket,
      heartbeatMs: options.heartbeatMs ?? 25_000,
    }),
    sent: [],
    requests: [],
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const bearer = /^Bearer (\S+)$/.exec(incoming.headers.authorization ?? "")?.[1] ?? null;
    const body = await readBody(incoming, MAX_BODY_BYTES);
    if (body === null) return void response.destroy();
    const method = incoming.method ?? "GET";
    const request: Request = { method, path: url.pathname, query: url.searchParams, bearer, body };
    const endpoint = endpointOf(request) ?? "none";
    const fault = takeFault(world.faults, endpoint);
    const isHandled = fault === null || fault.loseReply === "after" || fault.loseReply === "held";
    const reply: Reply | null = isHandled ? answer(request, book, world.keys, now()) : null;
    if (fault?.loseReply) {
      world.requests.push({ endpoint, status: "lost" });
      return void (fault.loseReply === "held" || response.destroy());
    }
    const status = reply?.status ?? fault?.status ?? 500;
    world.requests.push({ endpoint, status });
    response.writeHead(status, { "content-type": "application/json", ...fault?.headers });
    response.end(reply ? JSON.stringify(reply.json) : fault?.body);
  }

  const control = createServer(createControl(world));
  const port = await listen(http, options.port ?? 0);
  const controlPort = await listen(control, options.controlPort ?? 0).catch(async (error) => {
    await world.sockets.close();
    throw error;
  });
  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    socketUrl: `ws://127.0.0.1:${port}/ws`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    port,
    controlPort,
    world,
    async settled() {
      while (sending.size > 0 || timers.size > 0) {
        await Promise.all(sending);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      book.close();
      for (const timer of timers) clearTimeout(timer);
      // Closes the HTTP server with it.
      http.closeAllConnections();
      await Promise.all([world.sockets.close(), stop(control, GRACE_MS)]);
    },
  };
}

/** The fault that this request meets, once fewer times from now on. */
function takeFault(faults: Faults, endpoint: string): Faults["http"] {
  const { http } = faults;
  if (!http || (http.endpoint !== "any" && http.endpoint !== endpoint)) return null;
  faults.http = http.times > 1 ? { ...http, times: http.times - 1 } : null;
  return http;
}
