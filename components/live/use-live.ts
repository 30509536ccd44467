"use client";

import {
  keepPreviousData,
  type QueryKey,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { type ReadError, readJson } from "#components/live/read-json.ts";
import { useStreamConnected } from "#components/live/stream-state.ts";

/** While news arrives by itself, asking is only a safety net. */
const POLL_CONNECTED_MS = 20_000;
const POLL_ALONE_MS = 4_000;

/**
 * A read that starts with what the server rendered and stays current: at once when the server
 * announces a change, by polling otherwise, and not at all once it is final.
 * @param read.key see `topics.ts` for what it has to begin with
 */
export function useLive<T extends { readAt: string }>(read: {
  key: QueryKey;
  path: string;
  initial: T | undefined;
  /** For what nobody announces: it is asked for so often in any case. */
  everyMs?: number;
  /** Nothing more will change. */
  isFinal?: (data: T) => boolean;
}): UseQueryResult<T, ReadError> {
  const connected = useStreamConnected();
  return useQuery<T, ReadError>({
    queryKey: read.key,
    queryFn: ({ signal }) => readJson<T>(read.path, signal),
    ...(read.initial
      ? { initialData: read.initial, initialDataUpdatedAt: Date.parse(read.initial.readAt) }
      : {}),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data && read.isFinal?.(state.data)
        ? false
        : (read.everyMs ?? (connected ? POLL_CONNECTED_MS : POLL_ALONE_MS)),
  });
}
