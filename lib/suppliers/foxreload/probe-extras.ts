import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { openCaller, type Request } from "../http/call.ts";
import type { Exchange } from "../http/outcome.ts";
import { retryAfterMs } from "../http/retry-after.ts";
import type { Supplier } from "../port.ts";
import type { ProbeExtras, RetryAfterForm } from "../probe-types.ts";
import { connectFoxreload, type FoxreloadAccount } from "./connect.ts";

type Send = (request: Request) => Promise<Exchange>;

/**
 * The account as it is connected otherwise, and beside it what only a probe asks. The adapter is the
 * same in all of it; only what carries its requests is exchanged.
 */
export function connectForProbe(account: FoxreloadAccount): {
  supplier: Supplier;
  extras: ProbeExtras;
} {
  const { now = () => new Date() } = account;
  let retryAfter: RetryAfterForm | null = null;

  const watched = (exchange: Exchange): Exchange => {
    if (exchange.kind === "answered" && exchange.status === 429) {
      retryAfter = formOf(exchange.retryAfter, now());
    }
    return exchange;
  };

  /** The adapter, its requests changed on the way or carried in another way altogether. */
  const connect = (carry: (request: Request, send: Send, origin: string) => Promise<Exchange>) =>
    connectFoxreload({
      ...account,
      open: (origin, timeouts, clock, connector) => {
        const caller = openCaller(origin, timeouts, clock, connector);
        const send: Send = async (request) => watched(await caller.call(request));
        return { call: (request) => carry(request, send, origin), close: () => caller.close() };
      },
    });

  const once = async <T>(supplier: Supplier, use: (supplier: Supplier) => Promise<T>) => {
    try {
      return await use(supplier);
    } finally {
      await supplier.close();
    }
  };

  return {
    supplier: connect((request, send) => send(request)),
    extras: {
      createWithKey: (order, key, limits) =>
        once(
          connect((request, send) => send(withKey(request, key))),
          (supplier) => supplier.createOrder(order, limits),
        ),
      createAndHangUp: (order, limits) =>
        once(
          connect((request, _, origin) =>
            hangUp({ origin, connector: account.connector }, request, now),
          ),
          (supplier) => supplier.createOrder(order, limits),
        ),
      retryAfterForm: () => retryAfter,
    },
  };
}

function withKey(request: Request, idempotencyKey: string): Request {
  if (request.body === null) return request;
  return {
    ...request,
    body: JSON.stringify({ ...JSON.parse(request.body), idempotencyKey }),
  };
}

/** Digits are seconds; what can be read and isn't digits is a date. */
function formOf(header: string | null, now: Date): RetryAfterForm {
  if (header === null || retryAfterMs(header, now) === null) return "none";
  return /^[\d.]+$/.test(header.trim()) ? "seconds" : "date";
}

/** Writes the whole request, and closes the connection before anything can come back. */
async function hangUp(
  { origin, connector }: { origin: string } & Pick<FoxreloadAccount, "connector">,
  request: Request,
  now: () => Date,
): Promise<Exchange> {
  const socket = connector ? await socketTo(origin, connector) : undefined;
  if (socket === null) return { kind: "not_sent", problem: "the supplier could not be reached" };
  const firstByteAt = now();
  const late = request.notAfter !== undefined && firstByteAt > request.notAfter;
  if (late || request.body === null) {
    socket?.destroy();
    return { kind: "not_sent", problem: "the time for sending was over" };
  }
  const body = Buffer.from(request.body);
  const send = origin.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const outgoing = send(`${origin}${request.path}`, {
      method: "POST",
      agent: false,
      ...(socket && { createConnection: () => socket }),
      headers: {
        ...request.headers,
        "content-type": "application/json",
        "content-length": String(body.length),
      },
    });
    let isWritten = false;
    outgoing.on("finish", () => {
      isWritten = true;
      setImmediate(() => outgoing.destroy());
    });
    outgoing.on("error", () => undefined);
    outgoing.on("close", () =>
      resolve(
        isWritten
          ? { kind: "no_answer", problem: "hung up on purpose", firstByteAt }
          : { kind: "not_sent", problem: "the supplier could not be reached" },
      ),
    );
    outgoing.end(body);
  });
}

/** A connection as the account's calls have it, or null where none comes about. */
function socketTo(
  origin: string,
  connector: NonNullable<FoxreloadAccount["connector"]>,
): Promise<Socket | null> {
  const { hostname, port, protocol } = new URL(origin);
  return new Promise((resolve) => {
    connector({ hostname, port, protocol }, (_, socket) => resolve(socket));
  });
}
