import type { SupplierKind } from "../supplier-kind.ts";
import { type OzzobitConfig, ozzobitConfig } from "./config.ts";
import { connectOzzobit } from "./connect.ts";
import { ozzobitInbound } from "./inbound.ts";
import { openOzzobitSocket } from "./open-socket.ts";

export const ozzobitKind: SupplierKind<OzzobitConfig> = {
  kind: "ozzobit",
  config: ozzobitConfig,
  secrets: [
    { name: "apiKey", isRequired: true, isGenerated: false, proves: "us" },
    { name: "apiSecret", isRequired: true, isGenerated: false, proves: "us" },
    { name: "webhookSecret", isRequired: false, isGenerated: true, proves: "them" },
  ],
  // As its own sample does: every 5 s.
  schedule: "steady",
  addresses: ({ baseUrl, socketUrl }) => (socketUrl === null ? [baseUrl] : [baseUrl, socketUrl]),
  connect({ config, secrets, now, connector }) {
    const [apiKey = ""] = secrets.apiKey ?? [];
    const [apiSecret = ""] = secrets.apiSecret ?? [];
    const webhookSecrets = secrets.webhookSecret ?? [];
    const pushes = webhookSecrets.length > 0;
    const { socketUrl, socketPath } = config;
    return {
      supplier: connectOzzobit({ config, apiKey, apiSecret, pushes, now, connector }),
      currency: config.currency,
      inbound: pushes ? ozzobitInbound(config, webhookSecrets) : null,
      openSocket:
        socketUrl === null
          ? null
          : (handlers) =>
              openOzzobitSocket({ url: socketUrl, path: socketPath, apiKey, connector }, handlers),
    };
  },
};
