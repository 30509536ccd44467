// A receiver of Keyhold's webhooks without dependencies: `WEBHOOK_SECRET=whsec_… node receiver.ts` (Node 22.18 or newer).
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";

// While you change secrets in Keyhold, give both, separated by a comma.
const secrets = (process.env.WEBHOOK_SECRET ?? "").split(",").filter(Boolean);
const port = Number(process.env.PORT ?? 4020);
const TOLERANCE_S = 5 * 60;
const MOST_BYTES = 1024 * 1024;

/** Whether Keyhold signed these very bytes, within the last five minutes. */
function isGenuine(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signatures = headers["webhook-signature"];
  if (typeof id !== "string" || typeof timestamp !== "string" || typeof signatures !== "string") {
    return false;
  }
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signed = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
    const expected = Buffer.from(`v1,${signed.digest("base64")}`);
    return signatures.split(" ").some((text) => {
      const given = Buffer.from(text);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  });
}

const seen = new Set<string>();

async function receive(request: IncomingMessage): Promise<number> {
  // The signature is over the bytes as they came: read them before any framework parses the body.
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return 413;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (request.method !== "POST" || !isGenuine(request.headers, body)) return 400;
  const event = JSON.parse(body.toString());
  // An event may come more than once. In earnest: store its id under a unique key, in the transaction that acts on it.
  if (!seen.has(event.id)) {
    seen.add(event.id);
    process.stdout.write(`${event.id} ${event.type}\n`);
  }
  // Answer within 15 seconds, with 2xx once the event is stored. What takes longer, do afterwards.
  return 204;
}

if (secrets.length === 0) throw new Error("Set WEBHOOK_SECRET to the endpoint's signing secret.");
createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.destroy(),
  );
}).listen(port, "127.0.0.1");
