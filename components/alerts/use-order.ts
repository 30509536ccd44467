"use client";

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReadError, readJson } from "#components/live/read-json.ts";
import { useStreamConnected } from "#components/live/stream-state.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

const POLL_CONNECTED_MS = 20_000;
const POLL_ALONE_MS = 4_000;

/**
 * The order that an alert is about, live; nothing where it is about none. Its own page lives by the same key, and
 * what touches the one touches the other.
 */
export function useOrder(orderId: string | null): UseQueryResult<OrderPageView, ReadError> {
  const connected = useStreamConnected();
  return useQuery<OrderPageView, ReadError>({
    queryKey: ["order", orderId],
    queryFn: ({ signal }) => readJson<OrderPageView>(`/api/live/orders/${orderId}`, signal),
    enabled: orderId !== null,
    refetchInterval: connected ? POLL_CONNECTED_MS : POLL_ALONE_MS,
  });
}
