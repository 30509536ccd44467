import { randomBytes } from "node:crypto";
import type { Core } from "#lib/platform/core.ts";
import type { EndpointProblem } from "./endpoint-input.ts";
import { SIGNING_SECRET_BYTES } from "./endpoint-limits.ts";
import type { ChannelConfig, ChannelSecrets } from "./endpoint-schema.ts";
import type { ChannelKind } from "./types.ts";

export type Kept = { config: ChannelConfig; secrets: ChannelSecrets };

type Loose = Record<string, unknown>;
type Webhook = ChannelSecrets<"webhook">;
type Header = ChannelConfig<"webhook">["headers"][number];

/** A signing secret as receivers know them. */
export const newSigningSecret = (): string =>
  `whsec_${randomBytes(SIGNING_SECRET_BYTES).toString("base64")}`;

/**
 * The secrets that an endpoint would have: those that are given, and of those that it has what isn't. What leads
 * elsewhere from now on has to be given its secrets again: or whoever may change an address, but not see a
 * password, could have it sent to himself.
 */
export function completeSecrets(
  core: Pick<Core, "now" | "newId">,
  kind: ChannelKind,
  config: Loose,
  given: Loose,
  kept: Kept | null,
): { secrets: unknown; problems: EndpointProblem[] } {
  if (kind === "webhook") return completeWebhook(core, config, given, kept);
  const before = (kept?.secrets ?? {}) as Loose;
  const stays = Object.keys(before).filter((key) => given[key] === undefined);
  const moved = kept !== null && targetOf(kind, config) !== targetOf(kind, kept.config);
  const secrets = { ...before, ...given };
  for (const key of Object.keys(secrets)) {
    if (secrets[key] === null || secrets[key] === undefined) delete secrets[key];
  }
  return {
    secrets,
    problems: moved ? stays.map((key) => ({ path: `secrets.${key}`, code: "give_again" })) : [],
  };
}

function completeWebhook(
  { now, newId }: Pick<Core, "now" | "newId">,
  config: Loose,
  given: Loose,
  kept: Kept | null,
): { secrets: unknown; problems: EndpointProblem[] } {
  const before = kept as { config: ChannelConfig<"webhook">; secrets: Webhook } | null;
  const moved =
    before !== null && targetOf("webhook", config) !== targetOf("webhook", before.config);
  const wasSecret = new Set(
    before?.config.headers.filter(({ isSecret }) => isSecret).map(({ name }) => name),
  );
  const values = (given.headers ?? {}) as Record<string, unknown>;
  const headers: Record<string, unknown> = {};
  const problems: EndpointProblem[] = [];
  const wanted = Array.isArray(config.headers) ? (config.headers as Partial<Header>[]) : [];
  wanted.forEach((header, index) => {
    const name = String(header?.name ?? "")
      .trim()
      .toLowerCase();
    const value = values[name] ?? values[String(header?.name)];
    if (typeof value === "string" && value !== "") headers[name] = value;
    else if (before?.secrets.headers[name] !== undefined) {
      headers[name] = before.secrets.headers[name];
      // One that is shown from now on would show what nobody could see.
      if (wasSecret.has(name) && (moved || header.isSecret === false)) {
        problems.push({ path: `config.headers.${index}.value`, code: "give_again" });
      }
    }
  });
  const first = () => ({
    id: newId(),
    secret: typeof given.signing === "string" ? given.signing.trim() : newSigningSecret(),
    createdAt: now().toISOString(),
    expiresAt: null,
  });
  return { secrets: { signing: before?.secrets.signing ?? [first()], headers }, problems };
}

/** Where secrets are sent to, and how well they are hidden on the way. */
export function targetOf(kind: ChannelKind, config: Loose): string {
  const of = (...keys: string[]) => JSON.stringify(keys.map((key) => config[key] ?? null));
  switch (kind) {
    case "webhook": {
      const url = String(config.url);
      return URL.canParse(url) ? new URL(url).origin : url;
    }
    case "telegram":
      return of("apiRoot");
    case "email":
      return of("host", "port", "security", "trustedCertificates");
    case "redis_stream":
    case "bullmq":
      return of("host", "port", "tls", "trustedCertificates");
    case "sqs":
      return of("queueUrl", "endpoint", "region");
  }
}

/** Who gets to read what is sent: whoever holds the secrets may still change that. */
export function audienceOf(kind: ChannelKind, config: Loose): string {
  const of = (...keys: string[]) => JSON.stringify(keys.map((key) => config[key] ?? null));
  switch (kind) {
    case "webhook": {
      const url = String(config.url);
      // Of many receivers the path says whose.
      return URL.canParse(url) ? new URL(url).href : url;
    }
    case "telegram":
      return of("apiRoot", "chatId");
    case "email":
      return of("host", "port", "to");
    case "redis_stream":
      return of("host", "port", "db", "key");
    case "bullmq":
      return of("host", "port", "db", "prefix", "queue");
    case "sqs":
      return of("queueUrl", "endpoint", "region");
  }
}
