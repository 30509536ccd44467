import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";

/** Renewed with every report, each 5 s: a worker that dies is followed by another within this. */
export const SOCKET_LEASE_MS = 30_000;

export type SocketState = "connecting" | "up" | "down";

/** What the holder of the socket saw since its last report. */
export type SocketReport = {
  state: SocketState;
  /** Since it last showed that it is alive; null: not yet. */
  seenMsAgo: number | null;
  /** How often it came up, and told something. */
  connects: number;
  updates: number;
  lastError: string | null;
};

type Lease = { supplierId: string; token: string };

/** Whether this process is now the one that listens to the supplier: one does, of all. */
export async function claimSocket(
  { db }: Pick<Core, "db">,
  { supplierId, token }: Lease,
): Promise<boolean> {
  const claimed = await db.$queryRaw<unknown[]>`
    insert into supplier_sockets as held (supplier_id, lease_token, lease_until, state, since)
    values (${supplierId}::uuid, ${token}::uuid,
      now() + make_interval(secs => ${SOCKET_LEASE_MS / 1_000}::float8), 'connecting', now())
    on conflict (supplier_id) do update
      set lease_token = excluded.lease_token, lease_until = excluded.lease_until,
        state = excluded.state, since = excluded.since
      where held.lease_until is null or held.lease_until <= now()
    returning 1`;
  return claimed.length > 0;
}

/** Writes down how the socket does, and holds it for longer. False: another process has it by now. */
export async function reportSocket(
  { db }: Pick<Core, "db">,
  { supplierId, token }: Lease,
  { state, seenMsAgo, connects, updates, lastError }: SocketReport,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ isNews: boolean }[]>`
      with before as (
        select state from supplier_sockets
        where supplier_id = ${supplierId}::uuid and lease_token = ${token}::uuid
        for no key update)
      update supplier_sockets s set
        lease_until = now() + make_interval(secs => ${SOCKET_LEASE_MS / 1_000}::float8),
        state = ${state},
        since = case when before.state = ${state} then s.since else now() end,
        seen_at = coalesce(now() - make_interval(secs => ${seenMsAgo}::float8 / 1000), s.seen_at),
        connects = s.connects + ${connects}::int,
        updates = s.updates + ${updates}::int,
        last_error = ${lastError}
      from before where s.supplier_id = ${supplierId}::uuid
      returning before.state <> ${state} as "isNews"`;
    if (held?.isNews) await notify(tx, ["suppliers"]);
    return held !== undefined;
  });
}

/** Nobody listens any more, until somebody claims it; at once, where this process stops. */
export async function releaseSocket(
  { db }: Pick<Core, "db">,
  { supplierId, token }: Lease,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const released = await tx.$executeRaw`
      update supplier_sockets
      set lease_token = null, lease_until = null, state = 'down', since = now()
      where supplier_id = ${supplierId}::uuid and lease_token = ${token}::uuid`;
    if (released > 0) await notify(tx, ["suppliers"]);
  });
}
