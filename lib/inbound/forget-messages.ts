import type { Core } from "#lib/platform/core.ts";
import { FORGET_AT_ONCE, KEEP_MS } from "./inbox-policy.ts";

/** Deletes messages that are done with, once nobody tells them again. What is in trouble stays. */
export async function forgetMessages({ db }: Pick<Core, "db">): Promise<"again" | "done"> {
  const deleted = await db.$executeRaw`
    delete from inbox_messages where id in (
      select m.id from suppliers s cross join lateral (
        select id from inbox_messages m
        where m.supplier_id = s.id and m.received_at < now() - ${KEEP_MS} * interval '1 millisecond'
          and m.settled_at < now() - ${KEEP_MS} * interval '1 millisecond' and m.state in ('done', 'ignored')
        order by m.received_at limit ${FORGET_AT_ONCE}::int
        -- Here, or the accounts would be locked too, and nothing could refer to them meanwhile.
        for update skip locked) m
      limit ${FORGET_AT_ONCE}::int)`;
  return deleted < FORGET_AT_ONCE ? "done" : "again";
}
