import type { UrlRefused } from "#lib/platform/outbound-errors.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import type { EndpointProblem } from "./endpoint-input.ts";
import type { ChannelConfig } from "./endpoint-schema.ts";
import type { ChannelKind } from "./types.ts";

type Target = { path: string; host: string; port: number };

/**
 * Asks of every host that an endpoint names whether it may be called, and can be found. Asked again at each try:
 * a name may lead elsewhere by then.
 */
export async function vetTargets(
  { guard }: Pick<EndpointContext, "guard">,
  kind: ChannelKind,
  config: ChannelConfig,
): Promise<EndpointProblem[]> {
  let targets: Target[];
  try {
    targets = targetsOf(guard, kind, config);
  } catch (error) {
    const { reason } = error as Partial<UrlRefused>;
    // Not by its class: the web server's build may have that twice, and the guard the other one.
    if (typeof reason !== "string") throw error;
    return [{ path: "config.url", code: reason }];
  }
  const purpose = kind === "webhook" ? "webhook" : "service";
  const problems = await Promise.all(
    targets.map(async ({ path, host, port }) => {
      try {
        await guard.vet(host, port, purpose);
        return [];
      } catch (error) {
        const refused = (error as { code?: unknown }).code === "ADDRESS_REFUSED";
        return [{ path, code: refused ? "not_public" : "unresolved" }];
      }
    }),
  );
  return problems.flat();
}

/** Throws `UrlRefused`. */
function targetsOf(
  guard: EndpointContext["guard"],
  kind: ChannelKind,
  config: ChannelConfig,
): Target[] {
  switch (kind) {
    case "webhook": {
      const { host, port } = guard.checkUrl((config as ChannelConfig<"webhook">).url);
      return [{ path: "config.url", host, port }];
    }
    case "telegram": {
      // Telegram's own is ours to know, and a matter of each try.
      const { apiRoot } = config as ChannelConfig<"telegram">;
      return apiRoot ? [fromUrl("config.apiRoot", apiRoot)] : [];
    }
    case "email":
    case "redis_stream":
    case "bullmq": {
      const { host, port } = config as ChannelConfig<"email">;
      return [{ path: "config.host", host, port }];
    }
    case "sqs": {
      const { endpoint, queueUrl } = config as ChannelConfig<"sqs">;
      return [
        endpoint ? fromUrl("config.endpoint", endpoint) : fromUrl("config.queueUrl", queueUrl),
      ];
    }
  }
}

function fromUrl(path: string, text: string): Target {
  const { hostname, port, protocol } = new URL(text);
  return {
    path,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port) || (protocol === "https:" ? 443 : 80),
  };
}
