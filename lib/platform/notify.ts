import { Client } from "pg";
import { PROBE_AFTER_MS, type Tx } from "./db.ts";
import type { Log } from "./log.ts";

/**
 * What may have changed, told to whoever listens once the transaction has committed. Ids only:
 * a notification is a hint to read again, never the news itself.
 */
export type Topic =
  | `order:${string}`
  | "balance"
  | "catalog"
  | "codes"
  | "engine"
  | "work"
  /** Something waits to be delivered. */
  | "outbox"
  | "deliveries"
  | "endpoints"
  /** Alerts, or signals that become some. */
  | "alerts"
  /** Accounts of ours: added, changed, paused. */
  | "suppliers"
  /** What suppliers told us. */
  | "inbox"
  | "supplier_orders";

const CHANNEL = "keyhold";
const RECONNECT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** PostgreSQL drops repeated payloads of one transaction and delivers none if it rolls back. */
export async function notify(tx: Tx, topics: Topic[]): Promise<void> {
  if (topics.length === 0) return;
  await tx.$executeRaw`select pg_notify(${CHANNEL}, topic) from unnest(${topics}::text[]) topic`;
}

/**
 * Listens on a connection of its own until `close`. When the connection is lost it comes back by
 * itself. Each time it begins to listen it calls `onTopic` with "engine", since news may have been
 * missed before. `onTopic` must not throw.
 */
export function listen(
  databaseUrl: string,
  log: Log,
  onTopic: (topic: Topic) => void,
  reconnectMs = RECONNECT_MS,
): { close(): Promise<void> } {
  let closed = false;
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    });
    client = next;
    next.on("error", () => next.end().catch(() => undefined));
    next.on("end", again);
    next.on("notification", ({ payload }) => payload && onTopic(payload as Topic));
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
      if (!closed) onTopic("engine");
    } catch (error) {
      if (!closed) log.warn({ err: error }, "cannot listen for changes; trying again");
      next.end().catch(() => undefined);
      again();
    }
  }

  function again(): void {
    if (closed) return;
    clearTimeout(retry);
    retry = setTimeout(connect, reconnectMs);
  }

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
