import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { ALERT_COLUMNS, ALERT_JOINS, type FoundAlert, toAlertRow } from "./alert-row.ts";
import { type AlertRow, type AlertSeverity, type EntryKind, SEVERITIES } from "./types.ts";

/** With which there is something new to see. */
const NEWS: EntryKind[] = [
  "opened",
  "reopened",
  "recurred",
  "grouped",
  "worsened",
  "woken",
  "lapsed",
];
/** Ids are written by other processes' clocks. */
const CLOCKS_OFF_MS = 60_000;

/** An open alert, and when it last had something to tell of. */
export type AlertNewsRow = { alert: AlertRow; newsAt: string };

/**
 * Open alerts, mock orders aside, of at least that severity that have begun, or that more has come to, after an
 * instant: the worst first, and the newest first among those.
 */
export async function readAlertNews(
  core: Pick<Core, "db">,
  actor: Actor,
  { since, from, limit }: { since: Date; from: AlertSeverity; limit: number },
): Promise<AlertNewsRow[]> {
  requirePermission(actor, "alerts.read");
  const severities = SEVERITIES.slice(SEVERITIES.indexOf(from));
  const rows = await core.db.$queryRaw<(FoundAlert & { newsAt: Date })[]>`
    with news as materialized (
      select e.alert_id, max(e.at) as at from alert_entries e
      where e.id > time_ordered_id(${new Date(since.getTime() - CLOCKS_OFF_MS)})
        and e.at > ${since} and e.kind = any(${NEWS}::text[])
      group by e.alert_id),
    heard as materialized (
      select a.id, news.at from news join alerts a on a.id = news.alert_id
      where a.state = 'open' and not a.is_mock and a.severity = any(${severities}::alert_severity[])
      order by a.severity desc, news.at desc, a.id desc limit ${limit}::int)
    select ${ALERT_COLUMNS}, heard.at as "newsAt" from heard join alerts a using (id) ${ALERT_JOINS}
    order by a.severity desc, heard.at desc, a.id desc`;
  return rows.map(({ newsAt, ...row }) => ({
    alert: toAlertRow(row),
    newsAt: newsAt.toISOString(),
  }));
}
