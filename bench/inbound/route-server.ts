/** The route's own handler behind Node's HTTP, without Next around it. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { Readable } from "node:stream";
import { POST } from "#app/api/webhooks/[supplierSlug]/route.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { signedWebhookKind } from "#lib/suppliers/signed-webhook/kind.ts";
import { openKeyhold } from "../world/keyhold.ts";
import { SECRET } from "./messages.ts";

/** An account that trusts what it is told in full. */
const CONFIG = {
  ...{ baseUrl: "http://127.0.0.1:9", currency: "USD", tells: "all" },
  products: [{ sku: "product_bench", name: "Gift card 5 USD", price: "4.75" }],
};

/** Keyhold in this process, with the account a pushing one. */
export async function openPushed(databaseUrl: string): Promise<Runtime> {
  const keyhold = await openKeyhold(databaseUrl, CONFIG.baseUrl);
  const { id, slug, name } = keyhold.account;
  const connected = signedWebhookKind.connect({
    config: signedWebhookKind.config.parse(CONFIG),
    secrets: { apiKey: ["bench"], webhookSecret: [SECRET] },
    now: keyhold.now,
  });
  const account = bareAccount({ id, slug, name, kind: signedWebhookKind.kind, ...connected });
  return { ...keyhold, suppliers: createAccounts([account]) };
}

export function openRouteServer(keyhold: Runtime): Server {
  Object.assign(globalThis, { keyholdRuntime: Promise.resolve(keyhold) });
  return createServer(async (incoming, outgoing) => {
    const supplierSlug = incoming.url?.split("/").at(-1) ?? "";
    const answer = await POST(toRequest(incoming), { params: Promise.resolve({ supplierSlug }) });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(await answer.text());
  });
}

function toRequest(incoming: IncomingMessage): Request {
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  const headers = incoming.headers as Record<string, string>;
  const options = { method: "POST", headers, body, duplex: "half" };
  return new Request(`http://localhost${incoming.url}`, options as RequestInit);
}
