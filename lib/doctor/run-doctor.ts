import type { Core } from "#lib/platform/core.ts";
import { CHECKS } from "./checks.ts";
import type { Check, CheckResult, Violation } from "./types.ts";

/** As many of one kind as a person can look at; more would be one cause. */
export const MOST_VIOLATIONS = 100;

/** All checks over a million orders take a minute; a database that takes longer has other troubles. */
const TIMEOUT_MS = 300_000;

export type Examination = {
  checks?: readonly Check[];
  /** Looks only at orders that were placed or moved since then, or are open. Left out: at all of them. */
  since?: Date | undefined;
};

/**
 * Holds the live database against the invariants. One snapshot for all of them, read only; whatever
 * else is going on goes on. Ages are by `core.now`. Throws when the database can't be asked.
 */
export async function runDoctor(
  core: Pick<Core, "db" | "now">,
  { checks = CHECKS, since }: Examination = {},
): Promise<CheckResult[]> {
  const now = core.now().toISOString();
  return core.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set transaction read only`;
      // Sorts and hashes stay in memory; compiling a plan would take longer than running it.
      await tx.$executeRaw`set local work_mem = '64MB'`;
      await tx.$executeRaw`set local jit = off`;
      // Rows of late lie side by side and are in memory: going by an index costs less than is guessed.
      if (since) await tx.$executeRaw`set local random_page_cost = 1.1`;
      const results: CheckResult[] = [];
      for (const { id, title, sql } of checks) {
        const violations = await tx.$queryRawUnsafe<Violation[]>(
          statement(sql, since),
          now,
          since?.toISOString() ?? "-infinity",
        );
        results.push({ id, title, violations });
      }
      return results;
    },
    { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout: TIMEOUT_MS },
  );
}

function statement(sql: string, since: Date | undefined): string {
  return `
    with clock (now, since) as not materialized (values ($1::timestamptz, $2::timestamptz)),
    scope as ${since ? late(since) : `not materialized (select * from orders)`}
    select subject, detail from (${sql}) as found (subject, detail)
    order by subject, detail limit ${MOST_VIOLATIONS}`;
}

/** Ids begin with the time of their making, so the primary key finds what was placed of late. */
function late(since: Date): string {
  const milliseconds = since.getTime().toString(16).padStart(12, "0");
  const firstId = `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-0000-0000-000000000000`;
  return `materialized (
    select id, supplier_id, supplier_order_id, status, status_changed_at from orders
    where id in (
      select id from orders where id >= '${firstId}'
      union
      select o.id from suppliers s join orders o on o.supplier_id = s.id, clock
      where not o.is_mock and o.status_changed_at >= clock.since
      union
      select id from orders where status in ('submitting', 'unconfirmed', 'awaiting_payment', 'paid', 'processing')))`;
}
