/** The API's handlers behind a real HTTP server, as Next would call them, on a database of the test's own. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { request } from "undici";
import { vi } from "vitest";
import { z } from "zod";
import type { Scope } from "#lib/access/permissions.ts";
import { createKey } from "#lib/api/create-key.ts";
import { openApiDocument } from "#lib/api/open-api.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { JOB } from "#lib/orders/orders.fixture.ts";

export const ORIGIN = "https://ops.keyhold.example";
const NOWHERE = { address: null, correlationId: null };

/** What runs after an answer has gone out; Next does so by itself. */
const later: Promise<unknown>[] = [];
vi.mock("next/server", () => ({
  after: (work: () => Promise<unknown>) => void later.push(Promise.resolve().then(work)),
}));

/** Whatever was still to be done after answers is done. */
export async function settled(): Promise<void> {
  while (later.length > 0) await Promise.all(later.splice(0));
}

const FILES = {
  "/orders": () => import("./orders/route.ts"),
  "/orders/{id}": () => import("./orders/[id]/route.ts"),
  "/orders/{id}/cancel": () => import("./orders/[id]/cancel/route.ts"),
  "/orders/{id}/codes": () => import("./orders/[id]/codes/route.ts"),
  "/orders/{id}/claim-link": () => import("./orders/[id]/claim-link/route.ts"),
  "/products": () => import("./products/route.ts"),
  "/balance": () => import("./balance/route.ts"),
  "/deliveries": () => import("./deliveries/route.ts"),
  "/events": () => import("./events/route.ts"),
  "/openapi.json": () => import("./openapi.json/route.ts"),
  "/reference": () => import("./reference/route.ts"),
  "": () => import("./[[...path]]/route.ts"),
} as const;

export const ROUTE_FILES = Object.keys(FILES);

type Handlers = Record<
  string,
  (
    request: Request,
    context: { params: Promise<Record<string, string> | undefined> },
  ) => Promise<Response>
>;

/** Puts a runtime of the test's in the place of the process's own, and serves it. */
export async function serveApi(
  ctx: OrdersContext,
  databaseUrl: string,
): Promise<{ url: string; close(): Promise<void> }> {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: ORIGIN,
    NEXTAUTH_SECRET: "0123456789abcdefghijklmnopqrstuv",
    CRON_SECRET: "0123456789abcdef",
    KEYHOLD_SEALING_KEYS: `t1:${randomBytes(32).toString("base64")}`,
  });
  const runtime = { ...ctx, consoleUrl: ORIGIN, env: { DATABASE_URL: databaseUrl } };
  Object.assign(globalThis, { keyholdRuntime: Promise.resolve(runtime as unknown as Runtime) });
  const server = createServer(async (incoming, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const answer = await answerTo(incoming, gone.signal).catch(
      (error) => new Response(String(error), { status: 599 }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      await settled();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerTo(incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
  const url = new URL(incoming.url ?? "/", ORIGIN);
  const method = incoming.method ?? "GET";
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  );
  // As Next does where no proxy stands before it.
  if (!headers.has("x-forwarded-for")) headers.set("x-forwarded-for", "127.0.0.1");
  const body = ["GET", "HEAD"].includes(method) ? null : Readable.toWeb(incoming);
  const init = { method, headers, signal, body, duplex: "half" } as unknown as RequestInit;
  const { load, params } = routeOf(url.pathname.replace(/^\/api\/v1/, ""));
  const handlers = (await load()) as unknown as Handlers;
  const handle = handlers[method];
  if (!handle) return new Response(null, { status: 405 });
  // A built route without parameters is given none at all.
  const given = Object.keys(params).length > 0 ? params : undefined;
  return handle(new Request(url, init), { params: Promise.resolve(given) });
}

function routeOf(path: string) {
  const id = /^\/orders\/([^/]+)(\/.*)?$/.exec(path);
  const known = id ? `/orders/{id}${id[2] ?? ""}` : path;
  const load = FILES[known as keyof typeof FILES] ?? FILES[""];
  return {
    load,
    params: (id && load !== FILES[""] ? { id: decoded(id[1] ?? "") } : {}) as Record<
      string,
      string
    >,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A key with these scopes; all of them where none are named. */
export async function keyWith(
  ctx: OrdersContext,
  scopes: Scope[] = ["orders:write", "orders:read", "codes:read", "balance:read", "events:read"],
  facts: object = {},
): Promise<{ id: string; key: string }> {
  const input = { name: "shop", scopes, ratePerMinute: 100_000, ...facts };
  const made = await createKey(ctx, JOB, input, NOWHERE);
  if (made.kind !== "made") throw new Error(`No key: ${made.fields}`);
  return made;
}

export type Reply = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it.
  json: any;
  text: string;
};

export type Ask = {
  method?: string;
  body?: unknown;
  raw?: string | Buffer;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** Asks over HTTP, and holds whatever comes back against the document. */
export async function ask(url: string, key: string | null, path: string, asked: Ask = {}) {
  const { method = "GET", body, raw, headers = {}, signal } = asked;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await request(`${url}/api/v1${path}`, {
    method: method as "GET",
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
    ...(signal ? { signal } : {}),
  });
  const text = await answer.body.text();
  const isJson = String(answer.headers["content-type"] ?? "").includes("json");
  const reply: Reply = {
    status: answer.statusCode,
    headers: answer.headers,
    json: isJson ? JSON.parse(text) : null,
    text,
  };
  checkAgainstDocument(method, path, reply);
  return reply;
}

// biome-ignore lint/suspicious/noExplicitAny: a document, looked up by names.
const document: any = openApiDocument(ORIGIN);
const definitions = JSON.parse(
  JSON.stringify(document.components.schemas)
    .replaceAll("#/components/schemas/", "#/$defs/")
    // A stock product's id is made of other ids: a UUID in form, of no version that Zod knows.
    .replaceAll('"format":"uuid"', '"pattern":"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"'),
);
const readers = new Map<string, z.ZodType>();

function readerOf(ref: string): z.ZodType {
  const name = ref.split("/").at(-1) ?? "";
  const found = readers.get(name) ?? z.fromJSONSchema({ ...definitions[name], $defs: definitions });
  readers.set(name, found);
  return found;
}

/** Throws where the document doesn't have such an answer. */
export function checkAgainstDocument(method: string, path: string, reply: Reply): void {
  const bare = (path.split("?")[0] ?? "").replace(/^\/orders\/[^/]+/, "/orders/{id}");
  const operation = document.paths[bare]?.[method.toLowerCase()];
  const where = `${method} ${path} → ${reply.status} ${reply.text.slice(0, 300)}`;
  if (reply.headers["cache-control"] !== "no-store") throw new Error(`${where}: may be cached`);
  if (reply.headers["access-control-allow-origin"]) throw new Error(`${where}: CORS is on`);
  if (!operation) {
    if (reply.status < 500) return;
    throw new Error(where);
  }
  const response = operation.responses[reply.status];
  if (!response) throw new Error(`${where}: not in the document`);
  const [type, { schema }] = Object.entries(response.content)[0] as [
    string,
    { schema: { $ref: string } },
  ];
  if (reply.headers["content-type"] !== type) throw new Error(`${where}: content type`);
  const parsed = readerOf(schema.$ref).safeParse(reply.json);
  if (!parsed.success) throw new Error(`${where}: ${parsed.error.message}`);
  const { code } = reply.json;
  if (reply.status >= 400 && !response.description.includes(`\`${code}\``)) {
    throw new Error(`${where}: the document doesn't name ${code}`);
  }
}
