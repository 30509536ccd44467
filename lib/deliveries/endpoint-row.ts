import { type Actor, can } from "#lib/access/actor.ts";
import type { EventPattern } from "#lib/events/types.ts";
import type { Channels } from "./channels/open-channels.ts";
import type { EndpointRights, EndpointRow } from "./endpoint-types.ts";
import type { FoundEndpoint } from "./find-endpoint.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export type EndpointCounts = Pick<EndpointRow, "tries" | "accepted" | "pending"> & {
  oldestPendingAt: Date | null;
};

/** A row of the table, as pages see it. */
export function toEndpointRow(
  channels: Pick<Channels, "of">,
  row: FoundEndpoint,
  { tries, accepted, pending, oldestPendingAt }: EndpointCounts,
): EndpointRow {
  const channel = row.channel as ChannelKind;
  return {
    id: row.id,
    name: row.name,
    channel,
    target: targetText(channels, channel, row.config),
    events: row.events as EventPattern[],
    payload: row.payload as PayloadStyle,
    includesMock: row.includesMock,
    pausedAt: iso(row.pausedAt),
    pausedBy: row.pausedBy,
    pauseReason: row.pauseReason,
    disabledAt: iso(row.disabledAt),
    disabledWhy: row.disabledWhy,
    failures: row.failures,
    openUntil: iso(row.openUntil),
    warnedAt: iso(row.warnedAt),
    lastSuccessAt: iso(row.lastSuccessAt),
    lastFailureAt: iso(row.lastFailureAt),
    lastError: row.lastError,
    tries,
    accepted,
    pending,
    oldestPendingAt: iso(oldestPendingAt),
  };
}

/** A list with one row that its channel can't read is still a list. */
function targetText(channels: Pick<Channels, "of">, kind: ChannelKind, config: unknown): string {
  try {
    return channels.of(kind).describe(config);
  } catch {
    return "";
  }
}

export const endpointRights = (actor: Actor): EndpointRights => ({
  manage: can(actor, "endpoints.manage"),
  send: can(actor, "deliveries.send"),
});
