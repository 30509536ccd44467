/** What decisions about alerts have in common: who may, which alerts, and who was quicker. */

import { type Actor, actorColumns } from "#lib/access/actor.ts";
import { appendAuditEntries } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { AlertFilter } from "./alert-filter.ts";
import { type AlertKind, MOST_AT_ONCE } from "./alert-policy.ts";
import { alertsAsked, conditionOf } from "./alerts-asked.ts";
import { lockAlerts, writeEntries } from "./store.ts";
import type {
  AlertData,
  AlertRef,
  AlertSeverity,
  AlertState,
  AlertsDecided,
  EntryKind,
  LostAlert,
} from "./types.ts";

/** Which alerts a decision is about: as a person saw them, or all that match and were open by an instant (ISO). */
export type AlertTargets = { alerts: AlertRef[] } | { matching: AlertFilter; upTo: string };

/** An alert that is being decided upon: everything is locked. */
export type Deciding = {
  id: string;
  kind: AlertKind;
  subject: string;
  isGroup: boolean;
  state: AlertState;
  severity: AlertSeverity;
  standing: number;
  occurrences: number;
  resolution: string | null;
  version: number;
  changedAt: Date;
};

export type Decision = {
  /** States that it can be decided from; in others somebody was quicker. */
  from: readonly AlertState[];
  /** It is about all that the alert tells of, so that one which tells of more than was seen is left as it is. */
  isOfAllSeen?: boolean;
  entry: EntryKind;
  note?: string | undefined;
  data?: AlertData;
  /** Writes it; answers the ids of those that it could be done to. */
  write(tx: Tx, alerts: Deciding[], now: Date): Promise<string[]>;
};

/** Kinds of entries after which an alert is not what it was. */
const DECISIVE: EntryKind[] = [
  ...(["acknowledged", "lapsed", "snoozed", "woken"] as const),
  ...(["assigned", "resolved", "reopened", "grouped"] as const),
];

/** With which signals came to an alert that there was. */
const JOINED: EntryKind[] = ["recurred", "reopened", "grouped"];

/**
 * Decides upon alerts, each as the person saw it, in one transaction with histories and audit entries. Where
 * somebody was quicker the others are done all the same, and the answer says who. Throws `invalid` for too many. Permission is the verb's to ask for.
 */
export async function decideOnAlerts(
  core: Core,
  actor: Actor,
  targets: AlertTargets,
  decision: Decision,
  request: RequestFacts,
): Promise<AlertsDecided> {
  if ("alerts" in targets && targets.alerts.length > MOST_AT_ONCE) {
    throw new KeyholdError("invalid", `more than ${MOST_AT_ONCE} alerts at once`);
  }
  return core.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const now = core.now();
    const { found, more, missing, stale, grown } =
      "alerts" in targets
        ? await findNamed(tx, targets.alerts, decision)
        : await findMatching(tx, actor, targets, decision);
    const done = found.length === 0 ? [] : await decision.write(tx, found, now);
    const isDone = new Set(done);
    const refused = found.filter(({ id }) => !isDone.has(id));
    await note(tx, core, actor, decision, done, now, request);
    if (done.length > 0) await notify(tx, ["alerts"]);
    const gone = missing.map(
      (id) => ({ id, why: "gone", by: null, state: null, version: null }) as const,
    );
    const lost = [...(await whoWas(tx, [...stale, ...refused])), ...grown.map(asMore), ...gone];
    return { done, lost, more };
  }, PATIENT);
}

const COLUMNS = Prisma.sql`
  a.id::text, a.kind, a.subject, a.is_group as "isGroup", a.state::text, a.severity::text, a.standing, a.occurrences,
  a.resolution, a.version, a.changed_at as "changedAt"`;

type Found = {
  found: Deciding[];
  stale: Deciding[];
  /** As they were seen, but for what has come since. */
  grown: Deciding[];
  missing: string[];
  more: number;
};

const asMore = ({ id, state, version }: Deciding): LostAlert => ({
  ...{ id, why: "more", by: null, state, version },
});

async function findNamed(
  tx: Tx,
  refs: AlertRef[],
  { from, isOfAllSeen = false }: Decision,
): Promise<Found> {
  const seen = new Map(refs.map((ref) => [ref.id.toLowerCase(), ref]));
  const ids = [...seen.keys()].filter(isUuid);
  const rows = await tx.$queryRaw<Deciding[]>`
    select ${COLUMNS} from alerts a where a.id = any(${ids}::uuid[]) order by a.id`;
  const isAsSeen = ({ id, version, state }: Deciding) =>
    seen.get(id)?.version === version && from.includes(state);
  const hasGrown = ({ id, occurrences }: Deciding) =>
    isOfAllSeen && occurrences > (seen.get(id)?.occurrences ?? 0);
  const there = new Set(rows.map(({ id }) => id));
  return {
    found: rows.filter((row) => isAsSeen(row) && !hasGrown(row)),
    stale: rows.filter((row) => !isAsSeen(row)),
    grown: rows.filter((row) => isAsSeen(row) && hasGrown(row)),
    missing: [...seen.keys()].filter((id) => !there.has(id)),
    more: 0,
  };
}

async function findMatching(
  tx: Tx,
  actor: Actor,
  { matching, upTo }: { matching: AlertFilter; upTo: string },
  { from, isOfAllSeen = false }: Decision,
): Promise<Found> {
  const until = new Date(upTo);
  if (Number.isNaN(until.getTime())) throw new KeyholdError("invalid", "no such instant");
  const asked = await alertsAsked({ db: tx }, actor, matching);
  const states = asked.states.filter((state) => from.includes(state));
  const there = Prisma.sql`
    a.state = any(${states}::alert_state[]) and a.opened_at <= ${until} and ${conditionOf(asked)}`;
  // A signal may be older than its being told of: the history says when it joined.
  const hasGrown = Prisma.sql`(a.last_at > ${until} or exists (
    select from alert_entries e where e.alert_id = a.id and e.kind = any(${JOINED}::text[]) and e.at > ${until}))`;
  const condition = isOfAllSeen ? Prisma.sql`${there} and not ${hasGrown}` : there;
  const grown = isOfAllSeen
    ? await tx.$queryRaw<Deciding[]>`
        select ${COLUMNS} from alerts a where ${there} and ${hasGrown} order by a.id limit ${MOST_AT_ONCE}::int`
    : [];
  const found = await tx.$queryRaw<Deciding[]>`
    select ${COLUMNS} from alerts a where ${condition}
    order by a.severity desc, a.opened_at, a.id limit ${MOST_AT_ONCE}::int`;
  if (found.length < MOST_AT_ONCE) return { found, stale: [], grown, missing: [], more: 0 };
  const [rest] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from alerts a where ${condition} limit ${2 * MOST_AT_ONCE}::int) few`;
  return { found, stale: [], grown, missing: [], more: (rest?.count ?? 0) - found.length };
}

async function note(
  tx: Tx,
  core: Core,
  actor: Actor,
  { entry, note: words, data }: Decision,
  done: readonly string[],
  now: Date,
  request: RequestFacts,
): Promise<void> {
  const { actorId: id, actorName: name } = actorColumns(actor);
  const said = { kind: entry, actor: { id, name }, note: words, data: data ?? {} };
  await writeEntries(
    tx,
    core,
    done.map((alertId) => ({ alertId, ...said })),
    now,
  );
  await appendAuditEntries(
    tx,
    core,
    actor,
    done.map((objectId) => ({
      ...{ action: `alert.${entry}`, objectKind: "alert", objectId, ...request },
      ...(words === undefined ? {} : { reason: words }),
      ...(data ? { details: data } : {}),
    })),
  );
}

/** Who made them what they are; nobody where it happened by itself. */
async function whoWas(tx: Tx, alerts: readonly Deciding[]): Promise<LostAlert[]> {
  if (alerts.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; by: string | null }[]>`
    select distinct on (e.alert_id) e.alert_id::text as id, e.actor_name as by from alert_entries e
    where e.alert_id = any(${alerts.map(({ id }) => id)}::uuid[]) and e.kind = any(${DECISIVE}::text[])
    order by e.alert_id, e.id desc`;
  const by = new Map(rows.map((row) => [row.id, row.by]));
  return alerts.map(({ id, state, version }) => ({
    ...{ id, why: "decided" as const, by: by.get(id) ?? null, state, version },
  }));
}

/** A length of time that a person chose, in milliseconds. */
export function chosenMs(ms: number, longestMs: number): number {
  if (Number.isInteger(ms) && ms >= 60_000 && ms <= longestMs) return ms;
  throw new KeyholdError("invalid", "no such length of time");
}
