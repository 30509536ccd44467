import type { Channels } from "./channels/open-channels.ts";
import type { EndpointWish } from "./endpoint-input.ts";
import { USUAL_SENDS_AT_ONCE } from "./endpoint-limits.ts";
import type { ChannelConfig } from "./endpoint-schema.ts";
import type { ChannelKind } from "./types.ts";

export type Facts = Record<string, string | number | boolean | null>;

/** The columns that a person sets, besides configuration and secrets. */
export function columnsOf(wish: EndpointWish) {
  const { name, events, productIds, includesMock, payload, isOrdered, ratePerMinute } = wish;
  return {
    name,
    events,
    productIds: [...new Set(productIds)],
    includesMock,
    payload,
    retryPlanMs: wish.retryPlanMs ?? [],
    isOrdered,
    sendsAtOnce: wish.sendsAtOnce ?? USUAL_SENDS_AT_ONCE,
    ratePerMinute,
  };
}

type Columns = ReturnType<typeof columnsOf>;

/**
 * What an audit entry says of an endpoint. Of where it leads only what lists show, since an address can be a
 * secret itself.
 */
export function factsOf(
  channels: Pick<Channels, "of">,
  kind: ChannelKind,
  columns: Pick<Columns, keyof Columns>,
  config: ChannelConfig,
): Facts {
  const { events, productIds, retryPlanMs, ...plain } = columns;
  return {
    ...plain,
    target: channels.of(kind).describe(config),
    events: events.join(" "),
    products: productIds.length,
    retryPlanMs: retryPlanMs.join(" "),
  };
}

/** Only what differs, as it was and as it is. */
export function changesOf(before: Facts, after: Facts): Facts {
  return Object.fromEntries(
    Object.keys(after)
      .filter((key) => before[key] !== after[key])
      .flatMap((key) => [
        [`${key}.from`, before[key] ?? null],
        [`${key}.to`, after[key] ?? null],
      ]),
  );
}
