import { io, type Socket } from "socket.io-client";
import type { buildConnector } from "undici";
import { cleanText, hideSecrets } from "../http/clean-text.ts";
import { isObject } from "../http/is-object.ts";
import type { SocketHandlers, SupplierSocket } from "../inbound.ts";
import type { Json } from "../port.ts";
import { guardedAgent } from "./guarded-agent.ts";
import { socketOrderShape } from "./schema.ts";

/** The numbers of the socket, in milliseconds. */
export type SocketTiming = {
  /** From the first byte to the supplier's word that we are in. */
  connectMs: number;
  /** The supplier's heart beats every 30 s; twice without it, and nobody is there. */
  silentMs: number;
  /** The first wait after a loss, doubled with each that follows, up to the most. */
  retryMs: number;
  mostRetryMs: number;
  /** What held for so long begins again with the first wait; what is lost at once goes on waiting longer. */
  steadyMs: number;
};

const TIMING: SocketTiming = {
  connectMs: 20_000,
  silentMs: 75_000,
  retryMs: 1_000,
  mostRetryMs: 60_000,
  steadyMs: 60_000,
};

/** An update of an order is some hundred bytes. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_WHY_CHARS = 200;

export type SocketOptions = {
  url: string;
  path: string;
  apiKey: string;
  connector?: buildConnector.connector | undefined;
  timing?: Partial<SocketTiming>;
  /** In [0, 1): accounts of many customers of theirs don't come back together. */
  random?: () => number;
};

/**
 * Listens to OZZOBiT's socket.io, for ever: the client's own way of reconnecting gives up where the server said
 * goodbye or refused the key, so each connection is a new one and the waits between them are ours.
 */
export function openOzzobitSocket(
  { url, path, apiKey, connector, timing, random = Math.random }: SocketOptions,
  handlers: SocketHandlers,
): SupplierSocket {
  const { connectMs, silentMs, retryMs, mostRetryMs, steadyMs } = { ...TIMING, ...timing };
  const isSecure = /^(?:wss|https):/.test(url);
  let followed: ReadonlySet<string> = new Set();
  let socket: Socket | null = null;
  let retry: NodeJS.Timeout | undefined;
  let losses = 0;
  let isClosed = false;

  function connect(): void {
    const next = io(url, {
      path,
      auth: { apiKey },
      transports: ["websocket"],
      // Two accounts may listen to one address, each with its own key.
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: connectMs,
      // Not in its types, yet handed on to the WebSocket. Decoders are what attackers aim at.
      ...{ perMessageDeflate: false as never, maxPayload: MAX_MESSAGE_BYTES },
      ...(connector && { agent: guardedAgent(connector, isSecure) as never }),
    });
    socket = next;
    let upAt: number | null = null;
    let isOver = false;
    let silence = setTimeout(() => end("it let nobody in"), connectMs);

    function end(why: string): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(silence);
      next.disconnect();
      if (isClosed) return;
      losses = upAt !== null && performance.now() - upAt >= steadyMs ? 0 : losses + 1;
      const waitMs = Math.min(mostRetryMs, retryMs * 2 ** Math.min(losses, 10));
      retry = setTimeout(connect, waitMs * (0.5 + random() / 2));
      handlers.onDown(cleanText(hideSecrets(why, [apiKey]), MAX_WHY_CHARS));
    }
    function alive(): void {
      if (isOver || upAt === null) return;
      clearTimeout(silence);
      silence = setTimeout(() => end("it fell silent"), silentMs);
      handlers.onAlive();
    }

    // Heard before the client hears it, which makes an Error of a refusal's message, whatever that is, where nobody
    // catches what it throws: one junk packet would end the process.
    next.io.on("packet", (packet: { data?: Json }) => {
      if (!isObject(packet.data) || typeof (packet.data.message ?? "") === "string") return;
      packet.data = { message: "it refused us, and can't be understood" };
    });
    next.on("connect", () => {
      if (isOver) return;
      upAt = performance.now();
      for (const id of followed) next.emit("subscribe:order", id);
      handlers.onUp();
      alive();
    });
    next.on("connect_error", (error) => end(error.message));
    next.on("disconnect", (reason) => end(reason));
    next.io.on("ping", alive);
    next.onAny((event: unknown, payload: unknown) => {
      alive();
      const id = orderIn(payload);
      if (!isOver && id !== null && followed.has(id)) {
        handlers.onOrder(id, cleanText(String(event), MAX_WHY_CHARS));
      }
    });
    next.connect();
  }

  connect();
  return {
    follow(ids) {
      const wanted = new Set(ids);
      if (socket?.connected) {
        for (const id of wanted) if (!followed.has(id)) socket.emit("subscribe:order", id);
      }
      // There is no way to unsubscribe: what is told of other orders isn't heard, and with the next connection it ends.
      followed = wanted;
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      socket?.disconnect();
    },
  };
}

/** The order that an update is about; its papers show no update, so it may stand at any of these places. */
function orderIn(payload: unknown): string | null {
  if (typeof payload === "string") return payload;
  const told = socketOrderShape.safeParse(payload);
  if (!told.success) return null;
  const { orderId, id, order, data } = told.data;
  return orderId ?? id ?? order?.orderId ?? order?.id ?? data?.orderId ?? data?.id ?? null;
}
