import { notify } from "#lib/platform/notify.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { parkedWaitMs } from "./poll-schedule.ts";
import { lockOrder } from "./store.ts";
import { writeTimeline } from "./write-timeline.ts";

/**
 * Sets an order aside whose answer can't be written down: it is looked at again in five minutes, then ten,
 * at last each hour, and a person is told. Does nothing once the lease is lost. What an answer holds is
 * never repeated here: it may be a code.
 */
export async function parkOrder(
  ctx: OrdersContext,
  { orderId, leaseToken }: Observation,
  error: unknown,
): Promise<void> {
  const now = ctx.now();
  const why = `Its answer could not be written down (${nameOf(error)}).`;
  await ctx.db.$transaction(async (tx) => {
    await lockOrder(tx, orderId);
    const held = await tx.$queryRaw<unknown[]>`
      select id from orders where id = ${orderId}::uuid and lease_token = ${leaseToken}::uuid`;
    if (held.length === 0) return;
    const [signal] = await tx.$queryRaw<{ times: number }[]>`
      insert into order_signals (id, order_id, key, opened_at, data)
      values (${ctx.newId()}::uuid, ${orderId}::uuid, 'unrecordable', ${now}::timestamptz, jsonb_build_object('times', 1, 'error', ${why}::text))
      on conflict (order_id, key) where cleared_at is null do update set
        data = jsonb_build_object('times', (order_signals.data->>'times')::int + 1, 'error', ${why}::text)
      returning (data->>'times')::int as times`;
    const times = signal?.times ?? 1;
    await tx.$executeRaw`
      update orders set lease_token = null, lease_until = null,
        next_poll_at = now() + make_interval(secs => ${parkedWaitMs(times) / 1_000}::float8),
        last_looked_at = ${now}::timestamptz, looks = looks + 1, failed_looks = failed_looks + 1, last_look_error = ${why}
      where id = ${orderId}::uuid`;
    if (times === 1) {
      const data = { signal: "unrecordable" };
      await writeTimeline(tx, ctx, orderId, [{ kind: "signal_opened", data }], now);
    }
    await notify(tx, [`order:${orderId}`, "alerts"]);
  });
}

/** Its kind and code, without a word of what was to be written. */
function nameOf(error: unknown): string {
  const { name = "error", code } = error as { name?: string; code?: unknown };
  return typeof code === "string" ? `${name} ${code}` : name;
}
