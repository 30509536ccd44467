import type { Core } from "#lib/platform/core.ts";
import { suppliersHealth } from "#lib/suppliers/read.ts";
import type { SupplierFigures } from "./types.ts";

type Row = { slug: string; calls: number; failedCalls: number };

/** Whether each account answers, and how its calls went in the last hour. */
export async function readSupplierFigures(core: Core): Promise<SupplierFigures[]> {
  const [suppliers, rows] = await Promise.all([suppliersHealth(core), countCalls(core)]);
  return suppliers.map(({ slug, name, health, lastOkAt }) => {
    const { calls = 0, failedCalls = 0 } = rows.find((row) => row.slug === slug) ?? {};
    return { slug, name, health, lastOkAt, calls, failedCalls };
  });
}

function countCalls({ db }: Core): Promise<Row[]> {
  return db.$queryRaw`
    select s.slug, c.calls, c.failed as "failedCalls" from suppliers s cross join lateral (
      select coalesce(sum(calls), 0)::int as calls,
        coalesce(sum(calls) filter (where outcome = 'failed'), 0)::int as failed
      from call_counts where supplier_id = s.id and minute >= date_trunc('minute', now()) - interval '1 hour') c`;
}
