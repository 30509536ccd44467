import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { Webhook } from "standardwebhooks";

/** What a receiver does once it has read a message. */
export type Behaviour =
  | "accept"
  /** Takes it, and its answer is lost. */
  | "reset"
  | "hang"
  | "redirect"
  | "gone"
  | "limited"
  | "broken"
  | "refuse"
  /** 200, with an answer that unfolds to 64 MB. */
  | "gzip_bomb"
  /** 200, and a byte each second without end. */
  | "drip"
  /** 200, and an answer without end. */
  | "endless"
  /** Not HTTP at all. */
  | "garbage"
  | { acceptAfterMs: number };

/** One request, as the receiver itself saw it. */
export type Got = {
  at: Date;
  path: string;
  id: string | null;
  /** Signed with one of the receiver's secrets; null where it has none to check with. */
  isGenuine: boolean | null;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  behaviour: Behaviour;
  /** The answer was a full 2xx, and was written to its end. */
  isAcknowledged: boolean;
};

export type BadReceiver = {
  /** Of an endpoint: each path is a receiver by itself. */
  url(path: string): string;
  got: Got[];
  /** For one path, from now on; `nth` counts its requests from 1. */
  behave(path: string, behaviour: Behaviour | ((nth: number, got: Got) => Behaviour)): void;
  /** Secrets (`whsec_…`) that a path's messages may be signed with. */
  know(path: string, secrets: string[]): void;
  /** Connections that were opened, so far. */
  connections(): number;
  close(): Promise<void>;
};

export const ELSEWHERE = "/elsewhere";
export const RETRY_AFTER_S = 2;
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** A web server that receives as badly as it is told to, and keeps a record of all that came. On loopback. */
export async function openBadReceiver(port = 0): Promise<BadReceiver> {
  const got: Got[] = [];
  const behaviours = new Map<string, Behaviour | ((nth: number, got: Got) => Behaviour)>();
  const secrets = new Map<string, string[]>();
  const counts = new Map<string, number>();
  let connections = 0;

  const server = createServer(async (request, response) => {
    response.on("error", () => undefined);
    const body = await readAll(request);
    if (body === null) return;
    const path = request.url ?? "/";
    const nth = (counts.get(path) ?? 0) + 1;
    counts.set(path, nth);
    const known = secrets.get(path);
    const entry: Got = {
      at: new Date(),
      path,
      id: String(request.headers["webhook-id"] ?? "") || null,
      isGenuine: known ? known.some((secret) => isGenuine(secret, request, body)) : null,
      headers: request.headers,
      body,
      behaviour: "accept",
      isAcknowledged: false,
    };
    const chosen = behaviours.get(path) ?? "accept";
    entry.behaviour = typeof chosen === "function" ? chosen(nth, entry) : chosen;
    got.push(entry);
    response.once("finish", () => {
      entry.isAcknowledged = response.statusCode < 300;
    });
    behaveAs(entry.behaviour, request, response);
  });
  server.keepAliveTimeout = 65_000;
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: (path) => `${origin}${path}`,
    got,
    behave: (path, behaviour) => void behaviours.set(path, behaviour),
    know: (path, known) => void secrets.set(path, known),
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function behaveAs(behaviour: Behaviour, request: IncomingMessage, response: ServerResponse): void {
  const answer = (status: number, headers: Record<string, string> = {}, text = "") =>
    response.writeHead(status, { "content-type": "text/plain", ...headers }).end(text);
  if (typeof behaviour === "object") {
    const timer = setTimeout(() => answer(200), behaviour.acceptAfterMs);
    response.once("close", () => clearTimeout(timer));
    return;
  }
  const ways: Record<Exclude<Behaviour, object>, () => unknown> = {
    accept: () => answer(200, {}, "ok"),
    reset: () => request.socket.resetAndDestroy(),
    hang: () => undefined,
    redirect: () => answer(307, { location: ELSEWHERE }),
    gone: () => answer(410),
    limited: () => answer(429, { "retry-after": String(RETRY_AFTER_S) }),
    broken: () => answer(500, {}, "it is broken"),
    refuse: () => answer(400, {}, "not like this"),
    gzip_bomb: () =>
      response
        .writeHead(200, { "content-encoding": "gzip", "content-length": BOMB.length })
        .end(BOMB),
    drip: () => drip(response),
    endless: () => pour(response),
    garbage: () => request.socket.end("220 mail.example.com ESMTP\r\n"),
  };
  ways[behaviour]();
}

function drip(response: ServerResponse): void {
  response.writeHead(200).write("a");
  const timer = setInterval(() => response.write("a"), 1_000);
  response.once("close", () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  const block = Buffer.alloc(16_384, "a");
  response.writeHead(200);
  const write = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on("drain", write);
  write();
}

function isGenuine(secret: string, request: IncomingMessage, body: string): boolean {
  try {
    new Webhook(secret).verify(body, request.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Null where the sender went away. */
async function readAll(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString("utf8");
}
