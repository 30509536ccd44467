import type { Core } from "#lib/platform/core.ts";
import { MOST_TOLD_WAIT_MS } from "#lib/polling/look-schedule.ts";

/** Other processes go by what they knew of the socket for so long (`lib/polling/pace-book.ts`). */
const KNOWN_FOR_SECONDS = 2;
/** Looks that are brought forward together are spread over this. */
const SPREAD_SECONDS = 8;
/** The longest wait that counts on being told, with what chance and congestion add to it. */
const WAITS_SECONDS = (MOST_TOLD_WAIT_MS / 1_000) * 1.5;

/**
 * The orders of a supplier were looked at seldom because it tells by itself, and now it doesn't, or didn't for a
 * while: those whose next look isn't far off are looked at soon. Older ones had long waits anyway and keep them.
 * @param orderIds only these; otherwise all that are open
 */
export async function hurryLooks(
  { db }: Pick<Core, "db">,
  supplierId: string,
  orderIds: readonly string[] | null = null,
): Promise<number> {
  return db.$executeRaw`
    with far as materialized (
      select id from orders
      where supplier_id = ${supplierId}::uuid and supplier_order_id is not null
        and status in ('awaiting_payment', 'paid', 'processing')
        and (${orderIds === null} or id = any(${[...(orderIds ?? [])]}::uuid[]))
        and next_poll_at > now() + make_interval(secs => ${KNOWN_FOR_SECONDS + SPREAD_SECONDS})
        and next_poll_at < now() + make_interval(secs => ${WAITS_SECONDS})
        and (lease_until is null or lease_until < now())
      order by id
      for no key update skip locked)
    update orders o
    set next_poll_at = now() + make_interval(secs => ${KNOWN_FOR_SECONDS} + random() * ${SPREAD_SECONDS})
    from far where o.id = far.id`;
}
