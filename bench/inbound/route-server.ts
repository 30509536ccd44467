/** The webhook route's own handler, and an account that pushes. */
import type { Server } from "node:http";
import { POST } from "#app/api/webhooks/[supplierSlug]/route.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { signedWebhookKind } from "#lib/suppliers/signed-webhook/kind.ts";
import { serveHandler, setRuntime } from "../world/handler-server.ts";
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
  setRuntime(keyhold);
  return serveHandler((request) => {
    const supplierSlug = new URL(request.url).pathname.split("/").at(-1) ?? "";
    return POST(request, { params: Promise.resolve({ supplierSlug }) });
  });
}
