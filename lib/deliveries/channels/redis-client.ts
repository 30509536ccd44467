import { rootCertificates } from "node:tls";
import type { Redis } from "ioredis";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { SendOutcome } from "../channel.ts";
import type { ErrorKind } from "../types.ts";
import { failureOf } from "./failure-of.ts";
import type { RedisConnection, RedisSecrets } from "./redis-schema.ts";
import { within } from "./within.ts";

const CONNECT_MS = 10_000;
/** To sign in and to say that it is ready. */
const GREETING_MS = 5_000;

export type RedisLine = {
  /** Rejects where no connection could be had; then nothing is left open. */
  ready: Promise<Redis>;
  /** At once, also while it is still connecting. */
  close(): void;
};

/**
 * Connects to an address that the guard lets pass, and never by itself again: what is lost is lost (`ended` is
 * called), and the next try opens another.
 */
export function openRedis(
  guard: OutboundGuard,
  config: RedisConnection,
  secrets: RedisSecrets,
  ended: () => void,
): RedisLine {
  const closed = new AbortController();
  const ready = connect(guard, config, secrets, closed.signal, ended);
  // Whoever sends hears of it; nobody may be there to.
  ready.catch(() => undefined);
  return { ready, close: () => closed.abort(new Error("closed while it was connecting")) };
}

async function connect(
  guard: OutboundGuard,
  config: RedisConnection,
  { password }: RedisSecrets,
  closed: AbortSignal,
  ended: () => void,
): Promise<Redis> {
  const { AbstractConnector, Redis } = await import("ioredis");

  class GuardedConnector extends AbstractConnector {
    constructor() {
      super(0);
    }

    async connect() {
      this.connecting = true;
      const socket = await guard.connect(config.host, config.port, "service", {
        tls: config.tls,
        timeoutMs: CONNECT_MS,
        ...(config.trustedCertificates === undefined
          ? {}
          : { ca: [...rootCertificates, config.trustedCertificates] }),
      });
      this.stream = socket;
      if (this.connecting) return socket;
      socket.destroy();
      throw closed.reason ?? new Error("closed while it was connecting");
    }
  }

  const client = new Redis({
    Connector: GuardedConnector,
    lazyConnect: true,
    db: config.db,
    ...(config.user === undefined ? {} : { username: config.user }),
    ...(password === undefined ? {} : { password }),
    retryStrategy: null,
    maxRetriesPerRequest: null,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    // What every Redis speaks since 1.2; a version is not to be agreed on first.
    protocol: 2,
    connectionName: "keyhold",
  });
  // The first of what goes wrong says why; what follows is only that the connection is closed.
  let refusal: unknown;
  client.on("error", (error) => {
    refusal ??= error;
  });
  client.on("end", ended);
  closed.addEventListener("abort", () => client.disconnect(), { once: true });
  // A server that accepts and says nothing would be waited for for ever.
  const silence = AbortSignal.any([closed, AbortSignal.timeout(CONNECT_MS + GREETING_MS)]);
  try {
    await within(silence, client.connect());
    return client;
  } catch (error) {
    client.disconnect();
    throw refusal ?? error;
  }
}

/** By its connection's error, or by the word that Redis begins its refusals with. */
export function redisOutcome(
  error: unknown,
  signal: AbortSignal,
): Exclude<SendOutcome, { kind: "accepted" }> {
  if (!(error instanceof Error) || error.name !== "ReplyError") return failureOf(error, signal);
  return {
    kind: "refused",
    errorKind: kindOf(error.message),
    status: null,
    answer: error.message,
  };
}

function kindOf(message: string): ErrorKind {
  if (/^(NOAUTH|WRONGPASS|NOPERM|ERR (invalid password|AUTH|Client sent AUTH))/.test(message)) {
    return "credentials";
  }
  if (/^(WRONGTYPE|MOVED|CROSSSLOT|ERR (DB index|invalid DB|SELECT is not))/.test(message)) {
    return "misconfigured";
  }
  if (
    /^(OOM|LOADING|READONLY|MASTERDOWN|MISCONF|BUSY|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|ERR max number of clients)/.test(
      message,
    )
  ) {
    return "broken";
  }
  return "refused";
}
