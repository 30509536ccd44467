import { notify } from "#lib/platform/notify.ts";
import { SWEPT_AT_ONCE } from "./delivery-schedule.ts";
import type { RecordContext } from "./record-results.ts";
import { recoverLost } from "./recover-lost.ts";
import { endWaiting } from "./store.ts";

/**
 * Finds what nobody heard of, in small steps: tries whose process died, deliveries that wait for an endpoint
 * that was deleted or switched off (one may have been announced in the very moment), and whatever is due.
 * Any number of processes may do so at once.
 * @returns `again` where more is left
 */
export async function sweepDeliveries(ctx: RecordContext): Promise<"again" | "done"> {
  const isMoreLost = (await recoverLost(ctx)) === "again";
  const ended = await endOrphans(ctx);
  await wakeSenders(ctx);
  return isMoreLost || ended >= SWEPT_AT_ONCE ? "again" : "done";
}

/** Of endpoints that are off; for how many deliveries. */
export async function endOrphans({ db, log }: Pick<RecordContext, "db" | "log">): Promise<number> {
  const off = await db.$queryRaw<{ id: string; isDeleted: boolean }[]>`
    select e.id::text, e.deleted_at is not null as "isDeleted" from endpoints e
    where (e.deleted_at is not null or e.disabled_at is not null) and exists (
      select from deliveries d where d.endpoint_id = e.id and d.state = 'pending' and d.lease_token is null)`;
  let ended = 0;
  for (const { id, isDeleted } of off) {
    if (ended >= SWEPT_AT_ONCE) break;
    ended += await db.$transaction(async (tx) => {
      const reason = isDeleted ? "endpoint_deleted" : "endpoint_disabled";
      // Whoever switches it on again waits for this, or this finds it on.
      const [still] = await tx.$queryRaw<{ off: boolean }[]>`
        select deleted_at is not null or disabled_at is not null as off from endpoints
        where id = ${id}::uuid for share`;
      if (!still?.off) return 0;
      const count = await endWaiting(tx, id, reason, SWEPT_AT_ONCE - ended);
      if (count > 0) await notify(tx, ["deliveries"]);
      return count;
    });
  }
  if (ended > 0) log.info({ deliveries: ended }, "deliveries to endpoints that are off have ended");
  return ended;
}

/** A wake-up may have been lost with its connection. */
async function wakeSenders({ db }: Pick<RecordContext, "db">): Promise<void> {
  await db.$executeRaw`
    select pg_notify('keyhold', 'outbox')
    where exists (
      select from endpoints e join deliveries d on d.endpoint_id = e.id
      where e.deleted_at is null and e.disabled_at is null and e.paused_at is null
        and d.state = 'pending' and d.next_attempt_at <= now() and d.lease_token is null)`;
}
