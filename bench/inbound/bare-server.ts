import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Pool } from "pg";
import { HEADER, PREFIX, SECRET } from "./messages.ts";

/** As many as Keyhold's own pool has. */
const CONNECTIONS = 12;
const INSERT = {
  name: "insert",
  text: `insert into bare_inbox (key, event, body) values ($1, $2, $3)
    on conflict (key) do update set repeats = bare_inbox.repeats + 1`,
};

/** What one writes by hand: the signature, one INSERT that knows what was told before, an answer. Seals nothing. */
export async function openBareServer(
  databaseUrl: string,
): Promise<{ server: Server; close(): Promise<void> }> {
  const database = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  // Its end() answers before its sockets are closed, and the database is dropped then.
  database.on("error", () => undefined);
  await database.query(`create table bare_inbox (
    id uuid primary key default gen_random_uuid(), key text unique not null, event text, body bytea not null,
    repeats int not null default 0, received_at timestamptz not null default now())`);
  const server = createServer(async (incoming, outgoing) => {
    const raw = await rawOf(incoming);
    if (!isSigned(raw, String(incoming.headers[HEADER]))) {
      outgoing.writeHead(400).end();
      return;
    }
    const { event, event_id } = JSON.parse(raw.toString("utf8"));
    const key = createHash("sha256").update(`${event_id}`).digest("base64url");
    await database.query({ ...INSERT, values: [key, event, raw] });
    outgoing.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
  });
  return { server, close: () => database.end() };
}

async function rawOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isSigned(raw: Buffer, given: string): boolean {
  const expected = Buffer.from(PREFIX + createHmac("sha256", SECRET).update(raw).digest("hex"));
  const signature = Buffer.from(given);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
