/** How far back the chart of a balance goes: hours, and how many parts they are drawn in. */
export const ROOM_HOURS = [24, 168, 720] as const;
export const ROOM_BUCKETS = 96;

export type RoomFilter = {
  /** `supplier id:currency`; null for the first account. */
  account: string | null;
  hours: (typeof ROOM_HOURS)[number];
  after: null;
};

/** From an address; junk counts as nothing. */
export function readRoomFilter(raw: { account: string | null; hours: string | null }): RoomFilter {
  const account = /^[0-9a-f-]{36}:[A-Z0-9]{2,10}$/.test(raw.account ?? "") ? raw.account : null;
  const hours = ROOM_HOURS.find((one) => String(one) === raw.hours) ?? 24;
  return { account, hours, after: null };
}

export const writeRoomFilter = ({ account, hours }: RoomFilter) => ({
  account,
  hours: hours === 24 ? null : String(hours),
});

/** The query string of what isn't as usual. */
export function queryOf(filter: RoomFilter): string {
  const raw = Object.entries(writeRoomFilter(filter)).filter(([, value]) => value !== null);
  return new URLSearchParams(raw as [string, string][]).toString();
}
