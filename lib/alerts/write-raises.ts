/** Writes what raising has planned, a few statements whatever number of alerts. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  hasGotWorse,
  isAgain,
  isNewsAgain,
  isWorse,
  type KnownAlert,
  type Raise,
  severityOf,
} from "./plan-raises.ts";
import { lockFolded } from "./raise-facts.ts";
import { type NewAlertEntry, writeEntries } from "./store.ts";
import type { AlertSeverity } from "./types.ts";

/** A planned raise with the alert's id, and what it takes in. */
type Row = {
  id: string;
  raise: Raise;
  severity: AlertSeverity;
  /** Signals that it tells of from now on: new ones, and those of alerts that it takes in. */
  count: number;
  moved: { id: string; alertId: string }[];
  isWoken: boolean;
  /** It was told of, and so much has come since that it is to be told of again. */
  isNews: boolean;
};

/** Which alerts somebody has to hear of. */
export type Raised = {
  /** New, opened again, awake since they got worse, or more than anybody was told of. */
  opened: string[];
  /** Of those: what has begun rather than woken up. */
  begun: string[];
  worsened: string[];
  folded: string[];
};

export async function writeRaises(
  tx: Tx,
  core: Pick<Core, "newId">,
  raises: readonly Raise[],
  now: Date,
): Promise<Raised> {
  const held = await lockFolded(
    tx,
    raises.flatMap(({ folded }) => folded),
  );
  const rows = raises.map((raise): Row => {
    const ids = new Set(raise.folded.map(({ id }) => id));
    const moved = held.filter(({ alertId }) => ids.has(alertId));
    return toRow(core, raise, moved, now);
  });
  await insertNew(tx, of(rows, "open"), now);
  await updateJoined(tx, of(rows, "join"), now);
  await updateReopened(tx, of(rows, "reopen"), now);
  await pointSignals(tx, rows);
  const folded = await resolveFolded(tx, rows, now);
  await writeEntries(tx, core, rows.flatMap(entriesOf), now);
  const begun = rows.filter(({ raise }) => raise.how !== "join").map(({ id }) => id);
  return {
    begun,
    opened: [...begun, ...rows.filter(isToTell).map(({ id }) => id)],
    worsened: rows.filter((row) => !isToTell(row) && isWorsened(row)).map(({ id }) => id),
    folded,
  };
}

const of = (rows: readonly Row[], how: Raise["how"]) =>
  rows.filter(({ raise }) => raise.how === how);

const isToTell = ({ isWoken, isNews }: Row): boolean => isWoken || isNews;

const isKnown = (alert: Raise["alert"]): alert is KnownAlert => "id" in alert;

function toRow(core: Pick<Core, "newId">, raise: Raise, moved: Row["moved"], now: Date): Row {
  const { alert, signals, how } = raise;
  const count = signals.length + moved.length;
  if (!isKnown(alert)) {
    return {
      ...{ id: core.newId(), raise, moved, count, isWoken: false, isNews: false },
      severity: alert.severity,
    };
  }
  // The kind may have become more severe since, and so may what joins; what has begun again counts as it is now.
  const worst = [alert.kind, ...signals.map(({ kind }) => kind)]
    .map((kind) => severityOf(kind, alert.isMock))
    .reduce((one, other) => (isWorse(other, one) ? other : one));
  const severity = how === "reopen" || isWorse(worst, alert.severity) ? worst : alert.severity;
  const standing = alert.standing + count;
  const again = how === "join" && isAgain(alert, signals);
  const occurrences = alert.occurrences + count;
  const isWoken = hasGotWorse(alert, { severity, occurrences, isAgain: again });
  const isNews = how === "join" && isNewsAgain(alert, { standing, isAgain: again }, now);
  return { id: alert.id, raise, moved, count, severity, isWoken, isNews };
}

const isWorsened = ({ raise: { how, alert }, severity }: Row): boolean =>
  how === "join" && isWorse(severity, alert.severity);

const newest = ({ raise: { signals } }: Row) =>
  signals.reduce((one, other) => (other.openedAt > one.openedAt ? other : one));

const asRows = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map((row) => {
      const { id, count, severity, isWoken } = row;
      const { data, openedAt } = newest(row);
      const { kind, subject, isGroup, supplierId, isMock } = row.raise.alert;
      const orderId = isKnown(row.raise.alert) ? null : row.raise.alert.orderId;
      return {
        ...{ id, kind, subject, isGroup, supplierId, orderId, isMock, severity, count, isWoken },
        ...{ data, lastAt: openedAt },
      };
    }),
  );

async function insertNew(tx: Tx, rows: readonly Row[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into alerts (id, kind, subject, is_group, severity, state, order_id, supplier_id, is_mock, data, goods,
      opened_at, last_at, changed_at, occurrences, standing)
    select r.id, r.kind, r.subject, r."isGroup", r.severity::alert_severity, 'open', r."orderId", r."supplierId",
      r."isMock", r.data,
      (select lower(string_agg(i.product_name, ', ' order by i.position)) from order_items i where i.order_id = r."orderId"),
      ${now}::timestamptz, r."lastAt", ${now}::timestamptz, r.count, r.count
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as r(
      id uuid, kind text, subject text, "isGroup" boolean, severity text, "orderId" uuid, "supplierId" uuid,
      "isMock" boolean, data jsonb, "lastAt" timestamptz, count int)`;
}

async function updateJoined(tx: Tx, rows: readonly Row[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    update alerts a set occurrences = a.occurrences + r.count, standing = a.standing + r.count,
      severity = r.severity::alert_severity, data = r.data, last_at = greatest(a.last_at, r."lastAt"),
      changed_at = ${now}::timestamptz,
      state = case when r."isWoken" then 'open' else a.state end,
      acknowledged_until = case when not r."isWoken" then a.acknowledged_until end,
      snoozed_until = case when not r."isWoken" then a.snoozed_until end,
      snoozed_severity = case when not r."isWoken" then a.snoozed_severity end,
      snoozed_occurrences = case when not r."isWoken" then a.snoozed_occurrences end,
      version = a.version + r."isWoken"::int
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as r(
      id uuid, count int, severity text, data jsonb, "lastAt" timestamptz, "isWoken" boolean)
    where a.id = r.id`;
}

async function updateReopened(tx: Tx, rows: readonly Row[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    update alerts a set occurrences = a.occurrences + r.count, standing = a.standing + r.count,
      severity = r.severity::alert_severity, data = r.data, opened_at = ${now}::timestamptz,
      last_at = r."lastAt", changed_at = ${now}::timestamptz, state = 'open', resolved_at = null,
      resolution = null, resolved_by = null, resolve_reason = null,
      reopened = a.reopened + 1, version = a.version + 1
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as r(
      id uuid, count int, severity text, data jsonb, "lastAt" timestamptz)
    where a.id = r.id`;
}

async function pointSignals(tx: Tx, rows: readonly Row[]): Promise<void> {
  const pointers = rows.flatMap(({ id, raise, moved }) => [
    ...raise.signals.map((signal) => ({ id: signal.id, source: signal.source, alertId: id })),
    ...moved.map((signal) => ({ id: signal.id, source: "order" as const, alertId: id })),
  ]);
  const ids = (source: "order" | "system") => {
    const these = pointers.filter((one) => one.source === source);
    return [these.map(({ id }) => id), these.map(({ alertId }) => alertId)] as const;
  };
  const [orders, itsOrders] = ids("order");
  const [systems, itsSystems] = ids("system");
  await tx.$executeRaw`
    update order_signals s set alert_id = r.alert_id
    from unnest(${orders}::uuid[], ${itsOrders}::uuid[]) r(id, alert_id) where s.id = r.id`;
  await tx.$executeRaw`
    update system_signals s set alert_id = r.alert_id
    from unnest(${systems}::uuid[], ${itsSystems}::uuid[]) r(id, alert_id) where s.id = r.id`;
}

/** They are over as alerts of their own: the group tells of their signals from now on. */
async function resolveFolded(tx: Tx, rows: readonly Row[], now: Date): Promise<string[]> {
  const folded = [
    ...new Map(rows.flatMap(({ id, moved }) => moved.map((one) => [one.alertId, id]))),
  ];
  if (folded.length === 0) return [];
  await tx.$executeRaw`
    update alerts a set state = 'resolved', resolution = 'grouped', group_id = r.group_id, standing = 0,
      resolved_at = ${now}::timestamptz, changed_at = ${now}::timestamptz, next_notice_at = null, version = a.version + 1
    from unnest(${folded.map(([id]) => id)}::uuid[], ${folded.map(([, into]) => into)}::uuid[]) r(id, group_id)
    where a.id = r.id`;
  return folded.map(([id]) => id);
}

function entriesOf(row: Row): NewAlertEntry[] {
  const { id, raise, moved, severity, isWoken } = row;
  const { how, alert, signals } = raise;
  const count = signals.length;
  const standing = (isKnown(alert) ? alert.standing : 0) + row.count;
  const kind = how === "open" ? "opened" : how === "reopen" ? "reopened" : "recurred";
  const takenIn = [...new Set(moved.map(({ alertId }) => alertId))];
  return [
    { alertId: id, kind, data: { count, standing } },
    ...(isWorsened(row)
      ? [{ alertId: id, kind: "worsened" as const, data: { from: alert.severity, to: severity } }]
      : []),
    ...(isWoken ? [{ alertId: id, kind: "woken" as const, data: { why: "worse" } }] : []),
    ...(takenIn.length > 0
      ? [{ alertId: id, kind: "grouped" as const, data: { count: takenIn.length, standing } }]
      : []),
    ...takenIn.map((one) => ({ alertId: one, kind: "grouped" as const, data: { into: id } })),
  ];
}
