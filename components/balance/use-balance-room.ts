"use client";

import type { ReadError } from "#components/live/read-json.ts";
import { type FilterForm, useAddressFilter } from "#components/live/use-address-filter.ts";
import { useLive } from "#components/live/use-live.ts";
import {
  queryOf,
  type RoomFilter,
  readRoomFilter,
  writeRoomFilter,
} from "#lib/balance/room-policy.ts";
import type { BalanceRoomView } from "#lib/balance/types.ts";

const FORM: FilterForm<RoomFilter, "account" | "hours"> = {
  names: ["account", "hours"],
  read: readRoomFilter,
  write: writeRoomFilter,
};

/** The books of the account in the address, kept current. `initial` is what the server rendered. */
export function useBalanceRoom(initial: BalanceRoomView): {
  room: BalanceRoomView;
  /** It is what was chosen before; what is chosen now is on its way. */
  isOther: boolean;
  error: ReadError | null;
  retry: () => void;
  filter: RoomFilter;
  change: (to: Partial<RoomFilter>) => void;
} {
  const { filter, change } = useAddressFilter(FORM);
  const query = queryOf(filter);
  const live = useLive<BalanceRoomView>({
    key: ["balance", "room", query],
    path: `/api/live/balance/room${query && `?${query}`}`,
    initial: query === initial.query ? initial : undefined,
  });
  const retry = () => void live.refetch();
  const room = live.data ?? initial;
  return { room, isOther: room.query !== query, error: live.error, retry, filter, change };
}
