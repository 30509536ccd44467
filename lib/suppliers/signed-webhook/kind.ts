import { isKeyList } from "../push-schemes/rsa.ts";
import { fitsScheme, verifierOf } from "../push-schemes/verifier-of.ts";
import type { Connected, ConnectOptions, SupplierKind } from "../supplier-kind.ts";
import { type SignedWebhookConfig, signedWebhookConfig } from "./config.ts";
import { connectSignedWebhook } from "./connect.ts";
import { newsReader } from "./read-news.ts";
import { orderReader } from "./read-order.ts";

/** A supplier that tells by signed messages, and whose API is described by a mapping. */
export const signedWebhookKind: SupplierKind<SignedWebhookConfig> = {
  kind: "signed_webhook",
  config: signedWebhookConfig,
  secrets: [
    { name: "apiKey", isRequired: false, isGenerated: false, proves: "us" },
    { name: "webhookSecret", isRequired: false, isGenerated: true, proves: "them" },
  ],
  secretProblem({ auth, signature }, name, value) {
    if (name === "apiKey") return value === null && auth.by !== "none" ? "required" : null;
    if (name !== "webhookSecret" || signature === null) return null;
    const isRsa = signature.scheme === "rsa_sha256";
    if (value === null) return isRsa ? "required" : null;
    if (isRsa) return isKeyList(value) ? null : "public_key";
    return fitsScheme(signature, value) ? null : "not_secret";
  },
  addresses: ({ baseUrl }) => [baseUrl],
  connect,
};

function connect(options: ConnectOptions<SignedWebhookConfig>): Connected {
  const { config, secrets, now, connector } = options;
  const [apiKey = null] = secrets.apiKey ?? [];
  const webhookSecrets = secrets.webhookSecret ?? [];
  const { signature } = config;
  const read = newsReader(
    config,
    orderReader(config, [...(apiKey === null ? [] : [apiKey]), ...webhookSecrets]),
  );
  return {
    supplier: connectSignedWebhook({ config, apiKey, webhookSecrets, now, connector }),
    currency: config.currency,
    inbound: signature === null ? null : { verify: verifierOf(signature, webhookSecrets), read },
    openSocket: null,
  };
}
