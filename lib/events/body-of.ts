import type { ClaimedAt, TellableCode } from "./material.ts";

/** An event as it is stored. */
export type StoredEvent = {
  id: string;
  type: string;
  version: number;
  at: Date;
  sequence: number | null;
  data: unknown;
};

/** What an endpoint is told beside the event: found at the time of sending, never stored with it. */
export type Extra = { claim: ClaimedAt | null } | { codes: ReadonlyMap<string, TellableCode[]> };

export type Payload = {
  id: string;
  type: string;
  version: number;
  timestamp: string;
  data: Record<string, unknown>;
};

/**
 * The message of an event, and the very text that is sent. Of the same event, page and extra it is the same at each
 * try. With codes, an item that has none to tell has an empty list in the place of their number.
 * @param page the event's in the console; what is of an order doesn't tell it, since that goes to shops
 */
export function bodyOf(
  event: StoredEvent,
  page: string | null,
  extra?: Extra,
): { payload: Payload; body: string } {
  const { id, type, version, at, sequence, data } = event;
  const told = {
    ...(data as Record<string, unknown>),
    ...(sequence === null ? {} : { sequence }),
    ...(sequence === null && page !== null ? { url: page } : {}),
  };
  const payload: Payload = {
    id,
    type,
    version,
    timestamp: at.toISOString(),
    data: extra ? withExtra(told, extra) : told,
  };
  return { payload, body: JSON.stringify(payload) };
}

function withExtra(data: Record<string, unknown>, extra: Extra): Record<string, unknown> {
  if ("claim" in extra) return { ...data, claim: extra.claim };
  const items = (data.items ?? []) as { itemId: string }[];
  return {
    ...data,
    items: items.map((item) => ({ ...item, codes: extra.codes.get(item.itemId) ?? [] })),
  };
}
