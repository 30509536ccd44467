/**
 * A process that takes orders over the API, or as bare as can be: `prepare` or `prepareBare` it, and `stop` it, as
 * often as the parent likes.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { placeOverApi } from "#app/api/v1/orders/place-over-api.ts";
import { createKey } from "#lib/api/create-key.ts";
import { HIGHEST_RATE } from "#lib/api/key-policy.ts";
import { answerQuestions } from "../world/answer-questions.ts";
import { serveHandler, setRuntime } from "../world/handler-server.ts";
import { openKeyhold } from "../world/keyhold.ts";

const NOWHERE = { address: null, correlationId: null };
let stop: () => Promise<void> = async () => undefined;

async function prepare({ databaseUrl, supplierUrl }: { databaseUrl: string; supplierUrl: string }) {
  const keyhold = await openKeyhold(databaseUrl, supplierUrl);
  const wish = { name: "bench", scopes: ["orders:write" as const], ratePerMinute: HIGHEST_RATE };
  const made = await createKey(keyhold, { kind: "job", name: "bench" }, wish, NOWHERE);
  if (made.kind !== "made") throw new Error("No key was made.");
  const sending = new Set<Promise<unknown>>();
  const place = placeOverApi((work) => {
    const one = new Promise((resolve) => setImmediate(resolve)).then(work);
    sending.add(one);
    void one.finally(() => sending.delete(one));
  });
  setRuntime(keyhold);
  const server = serveHandler((request) => place(request, { params: Promise.resolve(undefined) }));
  stop = async () => {
    await Promise.all(sending);
    end(server);
    await keyhold.close();
  };
  return { url: await listen(server), key: made.key };
}

/** Whoever asks is believed, and his order is one row that nobody reads: no check, no limit, no audit. */
async function prepareBare({ databaseUrl }: { databaseUrl: string }) {
  const pool = new Pool({ connectionString: databaseUrl, max: 12 });
  await pool.query("create table bench_orders (id bigserial primary key, body jsonb not null)");
  const server = serveHandler(async (request) => {
    const body: unknown = await request.json();
    const text = "insert into bench_orders (body) values ($1)";
    await pool.query({ name: "store", text, values: [body] });
    return Response.json({}, { status: 201 });
  });
  stop = async () => {
    end(server);
    await pool.end();
  };
  return { url: await listen(server), key: "" };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/api/v1/orders`;
}

function end(server: Server): void {
  server.closeAllConnections();
  server.close();
}

answerQuestions({ prepare, prepareBare, stop: () => stop() });
