import type { Core } from "#lib/platform/core.ts";
import { ALERT_KINDS } from "./alert-policy.ts";
import { RULES } from "./rules/rules.ts";

/** So late raising, judging or telling is a fault. Each is done every few seconds. */
const RAISED_WITHIN_MS = 60_000;
const JUDGED_WITHIN_MS = 60_000;
const TOLD_WITHIN_MS = 2 * 60_000;
/** Counted to. */
const MOST = 100;

export type AlertingHealth =
  | { kind: "ok" }
  /** Signals that nobody made an alert of, and since when the first stands. */
  | { kind: "not_raised"; count: number; since: string }
  /** Rules that failed the last time, or were judged too long ago; by name. */
  | { kind: "not_judged"; rules: string[] }
  /** Alerts that somebody should have been told of, and since when. */
  | { kind: "not_told"; count: number; since: string };

/**
 * Whether what goes wrong is seen: a short read that needs nothing of what it watches. A late engine is its own
 * matter; where this is not ok although one runs, the log says why.
 */
export async function readAlertingHealth({
  db,
  now,
}: Pick<Core, "db" | "now">): Promise<AlertingHealth> {
  const before = (ms: number) => new Date(now().getTime() - ms);
  const raised = before(RAISED_WITHIN_MS);
  const told = before(TOLD_WITHIN_MS);
  const kinds = Object.keys(ALERT_KINDS);
  const [row] = await db.$queryRaw<
    { untold: number; untoldAt: Date | null; due: number; dueAt: Date | null }[]
  >`
    with untold as (
      (select opened_at as at from order_signals
        where alert_id is null and cleared_at is null and key = any(${kinds}::text[]) and opened_at < ${raised}
        order by opened_at limit ${MOST}::int)
      union all
      (select opened_at from system_signals
        where alert_id is null and cleared_at is null and key = any(${kinds}::text[]) and opened_at < ${raised}
        order by opened_at limit ${MOST}::int)),
    due as (
      select next_notice_at as at from alerts where next_notice_at < ${told} and state = 'open'
      order by next_notice_at limit ${MOST}::int)
    select (select count(*)::int from untold) as untold, (select min(at) from untold) as "untoldAt",
      (select count(*)::int from due) as due, (select min(at) from due) as "dueAt"`;
  if (row?.untoldAt) {
    const { untold, untoldAt } = row;
    return { kind: "not_raised", count: Math.min(untold, MOST), since: untoldAt.toISOString() };
  }
  const runs = new Map((await db.ruleRun.findMany()).map((run) => [run.rule, run]));
  const failing = RULES.filter(({ name, everyMs }) => {
    const run = runs.get(name);
    return run && (run.error !== null || run.at < before(everyMs + JUDGED_WITHIN_MS));
  });
  if (failing.length > 0) return { kind: "not_judged", rules: failing.map(({ name }) => name) };
  return row?.dueAt
    ? { kind: "not_told", count: row.due, since: row.dueAt.toISOString() }
    : { kind: "ok" };
}
