import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Faults } from "./faults.ts";
import type { Order } from "./order-book.ts";
import { eventOf } from "./webhook.ts";

export type Sockets = {
  tell(order: Order): void;
  /** Cuts every connection. */
  drop(): void;
  connected(): number;
  /** How often anybody came in. */
  connects(): number;
  /** Orders that were ever asked for. */
  subscriptions(): string[];
  close(): Promise<void>;
};

/** The supplier's socket.io, in the namespace `/ws`. */
export function openSockets(
  http: HttpServer,
  options: { apiKey: () => string; faults: () => Faults["socket"]; heartbeatMs: number },
): Sockets {
  const server = new Server(http, {
    transports: ["websocket"],
    pingInterval: options.heartbeatMs,
  });
  const room = server.of("/ws");
  const asked: string[] = [];
  let connects = 0;
  room.use((socket, next) => {
    const isIn = socket.handshake.auth.apiKey === options.apiKey() && !options.faults().refuse;
    next(isIn ? undefined : new Error("Unauthorized"));
  });
  room.on("connection", (socket) => {
    connects += 1;
    socket.on("subscribe:order", (id: unknown) => {
      if (typeof id !== "string") return;
      asked.push(id);
      void socket.join(id);
    });
  });

  return {
    tell(order) {
      const { silent, twice, lie } = options.faults();
      if (silent) return;
      const status = lie ? "COMPLETED" : order.status;
      for (let time = 0; time < (twice ? 2 : 1); time++) {
        room.to(order.id).emit("order:update", { orderId: order.id, status });
        room.to(order.id).emit(eventOf(status), { orderId: order.id });
      }
    },
    drop: () => room.disconnectSockets(true),
    connected: () => room.sockets.size,
    connects: () => connects,
    subscriptions: () => asked,
    close: () => server.close(),
  };
}
