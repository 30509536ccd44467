import type { Core } from "#lib/platform/core.ts";
import { percentile, SLOTS } from "./latency-slots.ts";
import type { SupplierTimes } from "./room-types.ts";

/** How long an account's calls and orders took lately. */
export async function readTimes(
  core: Pick<Core, "db">,
  supplierId: string,
): Promise<SupplierTimes> {
  const [calls, orders] = await Promise.all([
    readCalls(core, supplierId),
    readOrders(core, supplierId),
  ]);
  const slots = new Array<number>(SLOTS).fill(0);
  for (const { slots: more } of calls) {
    for (const [at, count] of (more ?? []).entries()) slots[at] = (slots[at] ?? 0) + count;
  }
  const sum = (of: typeof calls) => of.reduce((all, { calls: some }) => all + some, 0);
  return {
    latencyP50: percentile(slots, 50),
    latencyP95: percentile(slots, 95),
    calls: sum(calls),
    failed: sum(calls.filter(({ outcome }) => outcome === "failed")),
    completionP50: orders.p50,
    completionP90: orders.p90,
    completionP95: orders.p95,
    completed: orders.completed,
  };
}

type CallRow = { outcome: string; calls: number; slots: number[] | null };

function readCalls({ db }: Pick<Core, "db">, supplierId: string): Promise<CallRow[]> {
  return db.$queryRaw`
    select outcome, calls, took_slots as slots from call_counts
    where supplier_id = ${supplierId}::uuid and minute >= date_trunc('minute', now()) - interval '60 minutes'`;
}

type OrderTimes = { p50: number | null; p90: number | null; p95: number | null; completed: number };

async function readOrders({ db }: Pick<Core, "db">, supplierId: string): Promise<OrderTimes> {
  const [row] = await db.$queryRaw<OrderTimes[]>`
    select round(percentile_cont(0.5) within group (order by took_ms))::int as p50,
      round(percentile_cont(0.9) within group (order by took_ms))::int as p90,
      round(percentile_cont(0.95) within group (order by took_ms))::int as p95,
      count(*)::int as completed
    from orders
    where supplier_id = ${supplierId}::uuid and took_ms is not null and not is_mock
      and finished_at >= now() - interval '7 days'`;
  return row ?? { p50: null, p90: null, p95: null, completed: 0 };
}
