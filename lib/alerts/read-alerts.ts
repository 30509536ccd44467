import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { AlertFilter } from "./alert-filter.ts";
import { type AlertPlace, parsePlace, placeText } from "./alert-place.ts";
import { MOST_AT_ONCE } from "./alert-policy.ts";
import { ALERT_COLUMNS, ALERT_JOINS, type FoundAlert, toAlertRow } from "./alert-row.ts";
import { type AlertsAsked, alertsAsked, conditionOf, partsOf, restOf } from "./alerts-asked.ts";
import { type AlertPage, type AlertSeverity, SEVERITIES } from "./types.ts";

const { sql, join } = Prisma;
type Sql = Prisma.Sql;

const PAGE_SIZE = 50;
const LARGEST_PAGE = 200;

/**
 * A page of the queue: unresolved ones in the order asked for, and after them resolved ones by when they ended.
 * By keyset: `after` is the page before's `next`, and junk is the first page. Nothing is judged here.
 */
export async function readAlerts(
  core: Core,
  actor: Actor,
  filter: AlertFilter,
  { after, limit = PAGE_SIZE }: { after?: string | undefined; limit?: number } = {},
): Promise<AlertPage> {
  requirePermission(actor, "alerts.read");
  const asked = await alertsAsked(core, actor, filter);
  const place = parsePlace(after);
  const size = Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
  const waiting = place?.isResolved ? [] : await readWaiting(core, asked, place, size + 1);
  const lacks = size + 1 - waiting.length;
  const past =
    lacks > 0 && asked.states.includes("resolved")
      ? await readResolved(core, asked, place?.isResolved ? place : null, lacks)
      : [];
  const found = [...waiting, ...past];
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return {
    rows: rows.map(toAlertRow),
    next: found.length > size && last ? placeText(last) : null,
    // A first page that has all of them has counted them.
    total: place || found.length > size ? await countAsked(core, asked) : found.length,
    readAt: core.now().toISOString(),
  };
}

/** Each state, severity and mock is a stretch of the queue's index, and their heads are put together. */
async function readWaiting(
  { db }: Core,
  asked: AlertsAsked,
  place: AlertPlace | null,
  limit: number,
): Promise<FoundAlert[]> {
  const newest = asked.sort === "newest";
  const heads = asked.states
    .filter((state) => state !== "resolved")
    .flatMap((state) => partsOf(asked).map((part) => ({ state, ...part })))
    .flatMap(({ state, severity, isMock }) => {
      const beyond = beyondPlace(place, asked, severity, isMock);
      if (!beyond) return [];
      return [
        sql`(select a.id, a.severity, a.opened_at, a.is_mock from alerts a
          where a.state = ${state}::alert_state and a.state <> 'resolved' and a.is_mock = ${isMock}
            and a.severity = ${severity}::alert_severity and ${beyond} and ${restOf(asked, "waiting")}
          order by a.opened_at ${newest ? sql`desc` : sql`asc`}, a.id ${newest ? sql`desc` : sql`asc`}
          limit ${limit}::int)`,
      ];
    });
  if (heads.length === 0) return [];
  const order = orderOf(asked);
  return db.$queryRaw<FoundAlert[]>`
    with heads as (${join(heads, " union all ")}),
    page as (select id from heads a order by ${order} limit ${limit}::int)
    select ${ALERT_COLUMNS} from page join alerts a using (id) ${ALERT_JOINS} order by ${order}`;
}

/** Mock orders wake nobody: among what is worst they come last. */
function orderOf({ sort }: AlertsAsked): Sql {
  switch (sort) {
    case "worst":
      return sql`a.is_mock, a.severity desc, a.opened_at, a.id`;
    case "newest":
      return sql`a.opened_at desc, a.id desc`;
    case "oldest":
      return sql`a.opened_at, a.id`;
  }
}

/** What of one stretch lies after a place; null where nothing does. */
function beyondPlace(
  place: AlertPlace | null,
  { sort }: AlertsAsked,
  severity: AlertSeverity,
  isMock: boolean,
): Sql | null {
  if (!place) return sql`true`;
  const later = sql`(a.opened_at, a.id) > (${place.at}::timestamptz, ${place.id}::uuid)`;
  if (sort === "newest") {
    return sql`(a.opened_at, a.id) < (${place.at}::timestamptz, ${place.id}::uuid)`;
  }
  if (sort === "oldest") return later;
  const rank = (mock: boolean, of: AlertSeverity) => Number(mock) * 10 - SEVERITIES.indexOf(of);
  const [here, there] = [rank(isMock, severity), rank(place.isMock, place.severity)];
  if (here === there) return later;
  return here > there ? sql`true` : null;
}

function readResolved(
  { db }: Core,
  asked: AlertsAsked,
  place: AlertPlace | null,
  limit: number,
): Promise<FoundAlert[]> {
  const oldest = asked.sort === "oldest";
  const direction = oldest ? sql`asc` : sql`desc`;
  const order = sql`a.resolved_at ${direction}, a.id ${direction}`;
  const beyond = place
    ? oldest
      ? sql`(a.resolved_at, a.id) > (${place.at}::timestamptz, ${place.id}::uuid)`
      : sql`(a.resolved_at, a.id) < (${place.at}::timestamptz, ${place.id}::uuid)`
    : sql`true`;
  return db.$queryRaw<FoundAlert[]>`
    with page as (
      select a.id from alerts a
      where a.state = 'resolved' and ${conditionOf(asked, "resolved")} and ${beyond}
      order by ${order} limit ${limit}::int)
    select ${ALERT_COLUMNS} from page join alerts a using (id) ${ALERT_JOINS} order by ${order}`;
}

/** Up to a thousand. Resolved ones apart: they are found by other indexes. */
async function countAsked({ db }: Core, asked: AlertsAsked): Promise<number> {
  const waiting = asked.states.filter((state) => state !== "resolved");
  const few = (states: Sql, among: "waiting" | "resolved") => sql`(
    select count(*)::int from (
      select from alerts a where ${states} and ${conditionOf(asked, among)} limit ${MOST_AT_ONCE}::int) few)`;
  const parts = [
    ...(waiting.length > 0
      ? [few(sql`a.state = any(${waiting}::alert_state[]) and a.state <> 'resolved'`, "waiting")]
      : []),
    ...(asked.states.includes("resolved") ? [few(sql`a.state = 'resolved'`, "resolved")] : []),
  ];
  const [row] = await db.$queryRaw<{ count: number }[]>`select ${join(parts, " + ")} as count`;
  return Math.min(row?.count ?? 0, MOST_AT_ONCE);
}
