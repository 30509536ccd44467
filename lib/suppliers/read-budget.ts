import type { Core } from "#lib/platform/core.ts";
import { AT_ONCE } from "./call-budget.ts";
import type { CallOutcome } from "./call-counts.ts";
import type { Slice } from "./slices.ts";

/** Calls of one kind that came to the same. */
export type CallTally = {
  what: string;
  outcome: CallOutcome;
  /** In the last whole minute. */
  lastMinute: number;
  /** In the last sixty whole minutes and what there is of this one; of these, what brought something new. */
  lastHour: number;
  usefulLastHour: number;
};

/** What an account may be asked for now, how it bore that, and what it was asked for lately. */
export type BudgetView = {
  supplierId: string;
  slug: string;
  name: string;
  /** The most that is ever allowed, and what is believed to be borne now; calls a minute. */
  callsPerMinute: number;
  rate: number;
  readsAtOnce: number;
  writesAtOnce: number;
  /** Calls that could be made at once, as of the last time that any were. */
  tokens: Record<Slice | "spare", number>;
  /** The supplier asked for silence until then; null where that is over. */
  blockedUntil: string | null;
  /** Half open: the next call, or one under way, finds out whether it may close. */
  breaker: "closed" | "open" | "half_open";
  /** No call before then; null unless the breaker is open. */
  openUntil: string | null;
  /** Calls in a row that failed for reasons of the account. */
  failures: number;
  /** The last 429 that lowered the rate; null where it is at its most again. */
  slowedAt: string | null;
  lastOkAt: string | null;
  lastErrorAt: string | null;
  lastError: string | null;
  calls: CallTally[];
};

const DEFAULT_CALLS_PER_MINUTE = 100;

/** Every account, by name. What is over by now is so by the database's clock. */
export async function readBudgets(core: Pick<Core, "db">): Promise<BudgetView[]> {
  const [now, suppliers, counts] = await Promise.all([
    readNow(core),
    core.db.supplier.findMany({
      orderBy: [{ name: "asc" }, { id: "asc" }],
      include: { callBudget: true },
    }),
    readCounts(core),
  ]);
  return suppliers.map(({ id, slug, name, callBudget: budget, ...row }) => {
    const rate = budget?.rate ?? DEFAULT_CALLS_PER_MINUTE;
    const callsPerMinute = budget?.callsPerMinute ?? DEFAULT_CALLS_PER_MINUTE;
    const breaker = breakerOf(budget, now);
    return {
      supplierId: id,
      slug,
      name,
      callsPerMinute,
      rate,
      readsAtOnce: budget?.readsAtOnce ?? AT_ONCE.reads,
      writesAtOnce: budget?.writesAtOnce ?? AT_ONCE.writes,
      tokens: {
        purchase: budget?.purchaseTokens ?? 0,
        reconcile: budget?.reconcileTokens ?? 0,
        poll: budget?.pollTokens ?? 0,
        refresh: budget?.refreshTokens ?? 0,
        spare: budget?.spareTokens ?? 0,
      },
      blockedUntil: row.blockedUntil && row.blockedUntil > now ? text(row.blockedUntil) : null,
      breaker,
      openUntil: breaker === "open" ? text(budget?.openUntil) : null,
      failures: budget?.failures ?? 0,
      slowedAt: rate < callsPerMinute ? text(budget?.slowedAt) : null,
      lastOkAt: text(row.lastOkAt),
      lastErrorAt: text(row.lastErrorAt),
      lastError: row.lastError,
      calls: counts
        .filter(({ supplierId }) => supplierId === id)
        .map(({ supplierId: _, ...tally }) => tally),
    };
  });
}

const text = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

function breakerOf(
  budget: { openUntil: Date | null; trial: string | null } | null,
  now: Date,
): BudgetView["breaker"] {
  if (!budget?.openUntil) return "closed";
  return budget.trial === null && budget.openUntil > now ? "open" : "half_open";
}

async function readNow({ db }: Pick<Core, "db">): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select now() as now`;
  return row?.now ?? new Date();
}

function readCounts({ db }: Pick<Core, "db">): Promise<(CallTally & { supplierId: string })[]> {
  return db.$queryRaw`
    select supplier_id as "supplierId", what, outcome,
      coalesce(sum(calls) filter (where minute = date_trunc('minute', now()) - interval '1 minute'), 0)::int
        as "lastMinute",
      sum(calls)::int as "lastHour", sum(useful)::int as "usefulLastHour"
    from call_counts
    where minute >= date_trunc('minute', now()) - interval '60 minutes'
    group by supplier_id, what, outcome
    order by what, outcome`;
}
