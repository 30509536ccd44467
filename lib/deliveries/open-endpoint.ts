import type { Sealer } from "#lib/platform/seal.ts";
import type { OpenEndpoint } from "./channel.ts";
import type { Channels } from "./channels/open-channels.ts";
import type { ChannelConfig, ChannelSecrets } from "./endpoint-schema.ts";
import type { ChannelKind } from "./types.ts";

/** Of the table. */
export type EndpointRow = {
  id: string;
  name: string;
  channel: string;
  config: unknown;
  secrets: string | null;
  updatedAt: Date;
};

/** What an endpoint's secrets are sealed for: its row. */
export const secretsPlace = (endpointId: string): string => `endpoints|secrets|${endpointId}`;

/**
 * An endpoint with its secrets open, as its channel takes it. Rejects with a `SealError` where they don't open, and
 * with a ZodError where its channel no longer takes them.
 */
export async function openEndpoint(
  { sealer, channels }: { sealer: Sealer; channels: Pick<Channels, "of"> },
  { id, name, channel, config, secrets, updatedAt }: EndpointRow,
): Promise<OpenEndpoint<ChannelConfig, ChannelSecrets>> {
  const plain = secrets === null ? {} : JSON.parse(await sealer.open(secrets, secretsPlace(id)));
  const parsed = channels.of(channel as ChannelKind).parse(config, plain);
  return {
    id,
    name,
    version: updatedAt.toISOString(),
    config: parsed.config as ChannelConfig,
    secrets: parsed.secrets as ChannelSecrets,
  };
}

export const sealSecrets = (sealer: Sealer, endpointId: string, secrets: ChannelSecrets): string =>
  sealer.seal(JSON.stringify(secrets), secretsPlace(endpointId));
