import type { Actor } from "#lib/access/actor.ts";
import type { Tx } from "#lib/platform/db.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { literally } from "#lib/platform/search-text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { AlertFilter } from "./alert-filter.ts";
import { ALERT_KINDS } from "./alert-policy.ts";
import { ALERT_STATES, type AlertState, SEVERITIES } from "./types.ts";

const { sql, join } = Prisma;
type Sql = Prisma.Sql;

/** They lead the indexes of subjects. */
const KINDS = Object.keys(ALERT_KINDS);
/** Names that fit are looked for up to this many. */
const MOST_FOUND = 200;

/** Which alerts are asked for, once words are ids. */
export type AlertsAsked = Omit<AlertFilter, "states" | "suppliers" | "assignee" | "text"> & {
  states: readonly AlertState[];
  /** Null: of any account, and of none. */
  supplierIds: string[] | null;
  /** `nobody`, somebody's id, or null: whoever it is. */
  assignee: string | null;
  /** What a text may mean; null where nothing is searched for. */
  search: { text: string; alertIds: string[]; subjects: string[]; supplierIds: string[] } | null;
};

type Reader = { db: Pick<Tx, "$queryRaw"> };

/** Resolves a filter's words; `me` is who asks, and nobody where that is no person. */
export async function alertsAsked(
  { db }: Reader,
  actor: Actor,
  { suppliers, assignee, text, ...filter }: AlertFilter,
): Promise<AlertsAsked> {
  const accounts =
    suppliers.length === 0
      ? null
      : await db.$queryRaw<{ id: string }[]>`
          select id::text from suppliers where slug = any(${suppliers}::text[])`;
  const me = actor.kind === "user" ? actor.id : "nobody";
  return {
    ...filter,
    states: filter.states.length === 0 ? ALERT_STATES : filter.states,
    supplierIds: accounts ? accounts.map(({ id }) => id) : null,
    assignee: assignee === "me" ? me : assignee,
    search: text === null ? null : await searchOf(db, text),
  };
}

/** Ids and references by their indexes; names in the small tables. */
async function searchOf(db: Reader["db"], text: string): Promise<AlertsAsked["search"]> {
  const part = `%${literally(text)}%`;
  const id = isUuid(text) ? text.toLowerCase() : null;
  const alerts = await db.$queryRaw<{ id: string }[]>`
    with named as (
      select o.id from suppliers s
        join orders o on o.supplier_id = s.id and lower(o.supplier_order_id) = lower(${text})
      union select id from orders where client_ref = ${text}
      union (select id from orders where customer_ref = ${text} order by id desc limit ${MOST_FOUND}::int)
      union select ${id}::uuid where ${id}::uuid is not null)
    select a.id::text from alerts a where a.order_id in (select id from named)
    union select s.alert_id::text from order_signals s
      where s.alert_id is not null and s.order_id in (select id from named)
    union select ${id}::text where ${id}::text is not null`;
  const subjects = await db.$queryRaw<{ id: string }[]>`
    (select id::text from stock_products where name ilike ${part} limit ${MOST_FOUND}::int)
    union all (select id::text from endpoints where name ilike ${part} limit ${MOST_FOUND}::int)
    union all (select id::text from users where name ilike ${part} limit ${MOST_FOUND}::int)
    union all (select id::text from api_keys where name ilike ${part} limit ${MOST_FOUND}::int)`;
  const suppliers = await db.$queryRaw<{ id: string }[]>`
    select id::text from suppliers where name ilike ${part} or slug ilike ${part} limit ${MOST_FOUND}::int`;
  return {
    text,
    alertIds: alerts.map((one) => one.id),
    subjects: [...subjects.map((one) => one.id), text],
    supplierIds: suppliers.map((one) => one.id),
  };
}

/** Which alerts a statement looks among: its plan is the better for knowing. */
type Among = "waiting" | "resolved" | "all";

/** All but the states, as a condition on alerts that the statement calls `a`. */
export function conditionOf(asked: AlertsAsked, among: Among = "all"): Sql {
  const { severities, mock } = asked;
  return join(
    [
      ...(severities.length > 0
        ? [sql`a.severity = any(${[...severities]}::alert_severity[])`]
        : []),
      ...(mock === "with" ? [] : [mock === "only" ? sql`a.is_mock` : sql`not a.is_mock`]),
      restOf(asked, among),
    ],
    " and ",
  );
}

/** What neither a state nor a severity nor being mock says. */
export function restOf(
  { kinds, supplierIds, assignee, search }: AlertsAsked,
  among: Among = "all",
): Sql {
  const parts = [
    ...(kinds.length > 0 ? [sql`a.kind = any(${[...kinds]}::text[])`] : []),
    ...(supplierIds ? [sql`a.supplier_id = any(${supplierIds}::uuid[])`] : []),
    ...(assignee === null
      ? []
      : [
          assignee === "nobody"
            ? sql`a.assignee_id is null`
            : sql`a.assignee_id = ${assignee}::uuid`,
        ]),
    ...(search ? [sql`(${join(meaningsOf(search, among), " or ")})`] : []),
  ];
  return parts.length === 0 ? sql`true` : join(parts, " and ");
}

/**
 * Each by an index; what nothing was found for is left out, or it would cost the others theirs. Goods by a part of
 * their name are looked through one by one: only among what waits for somebody, and where the text is no reference.
 */
function meaningsOf(search: NonNullable<AlertsAsked["search"]>, among: Among): Sql[] {
  const { alertIds, subjects, supplierIds } = search;
  const isOfGoods = alertIds.length === 0 && among !== "resolved";
  const ofSubject = sql`a.subject = any(${subjects}::text[])`;
  const ofGoods = sql`a.goods like lower(${`%${literally(search.text)}%`})`;
  return [
    isOfGoods ? ofSubject : sql`(a.kind = any(${KINDS}::text[]) and ${ofSubject})`,
    ...(alertIds.length > 0 ? [sql`a.id = any(${alertIds}::uuid[])`] : []),
    ...(supplierIds.length > 0 ? [sql`a.supplier_id = any(${supplierIds}::uuid[])`] : []),
    ...(isOfGoods ? [among === "all" ? sql`(a.state <> 'resolved' and ${ofGoods})` : ofGoods] : []),
  ];
}

/** Each severity and mock that is asked for: together with a state they are the queue's index. */
export const partsOf = ({ severities, mock }: AlertsAsked) =>
  SEVERITIES.filter((one) => severities.length === 0 || severities.includes(one)).flatMap(
    (severity) =>
      (mock === "with" ? [false, true] : [mock === "only"]).map((isMock) => ({ severity, isMock })),
  );
