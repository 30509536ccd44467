import { announce, type NewEvent } from "#lib/events/announce.ts";
import type { EventData } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { hastenNotices, isAnyNotice } from "./hasten-notices.ts";
import { inParts } from "./in-parts.ts";
import { type DueAlert, loadDue, readDue } from "./load-due.ts";
import { dueNotices, fittingPolicy, type Next, type Policy, type Turn } from "./next-notice.ts";
import { planNotices } from "./plan-notices.ts";
import { loadPolicies } from "./policies/load-policies.ts";
import { lockAlerts } from "./store.ts";

/** Alerts whose notices one transaction writes. */
const AT_ONCE = 200;

type Told = { alert: DueAlert; policy: Policy; turns: Turn[]; next: Next | null };

/** A message, and the first of the alerts that it tells of. */
type Notice = { id: string; alert: DueAlert; policy: Policy; turn: Turn; alike: number };

type Context = Pick<Core, "db" | "now" | "newId" | "log"> & { stop?: AbortSignal };

/**
 * Tells of alerts that nobody has taken, as their policies say: each notice is an event for one endpoint, and its
 * delivery an ordinary one, written with what comes next. However many processes do so at once, each step of an
 * alert is told once. One that can't be told is logged, and holds nobody else up. Answers `again` where more may
 * be due.
 */
export async function sendNotices(ctx: Context): Promise<"done" | "again"> {
  if (ctx.stop?.aborted) return "done";
  const now = ctx.now();
  // Mostly nobody is to be told, and nobody's decision waits for that.
  if (!(await isAnyNotice(ctx.db, now))) return "done";
  try {
    return (await sendSome(ctx, now, null)) >= AT_ONCE ? "again" : "done";
  } catch (error) {
    ctx.log.error({ err: error }, "notices could not be sent together, and are by and by");
  }
  const ids = await readDue(ctx.db, now, AT_ONCE);
  const { done, failed } = await inParts(ids, (part) => sendSome(ctx, now, part));
  for (const { id, error } of failed) {
    ctx.log.error({ err: error, alertId: id }, "nobody could be told of an alert: left out");
  }
  return done > 0 && ids.length === AT_ONCE ? "again" : "done";
}

/** How many were told of. Of `only` these, and nothing is brought forward. */
function sendSome(ctx: Context, now: Date, only: readonly string[] | null): Promise<number> {
  return ctx.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    if (only === null) await hastenNotices(tx, now);
    const due = await loadDue(tx, now, AT_ONCE, only);
    if (due.length === 0) return 0;
    const policies = await loadPolicies(tx, now);
    const told: Told[] = [];
    const anew: string[] = [];
    for (const alert of due) {
      const policy = policies.find(({ id }) => id === alert.policyId);
      // Somebody took its policy away in this very moment.
      if (!policy) anew.push(alert.id);
      else {
        const { isRetry, ...turn } = dueNotices(policy, alert, alert, now);
        told.push({ alert, policy, ...turn });
        if (isRetry && fittingPolicy(policies, alert) !== policy) anew.push(alert.id);
      }
    }
    await write(tx, ctx, told, now);
    await planNotices(tx, anew, now, "opened");
    return due.length;
  }, PATIENT);
}

async function write(
  tx: Tx,
  core: Pick<Core, "newId">,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  if (told.length === 0) return;
  const notices = new Map<string, Notice>();
  const entries: { id: string; alertId: string; data: Record<string, string | number> }[] = [];
  for (const { alert, policy, turns } of told) {
    for (const turn of turns) {
      const { to, step, round, passed } = turn;
      const about = {
        ...{ policy: policy.name, step: step + 1, round: round + 1 },
        ...{ to: to.person?.name ?? to.endpointName, endpointId: to.endpointId },
      };
      const data = passed
        ? { ...about, skipped: passed }
        : { ...about, eventId: noticeFor(notices, core, alert, policy, turn) };
      entries.push({ id: core.newId(), alertId: alert.id, data });
    }
  }
  await announce(tx, core, [...notices.values()].map(eventOf), now);
  // A round that is tried again and again says once whom it passed over.
  await tx.$executeRaw`
    insert into alert_entries (id, alert_id, at, kind, data)
    select e.id, e."alertId", ${now}, 'notified', e.data
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (id uuid, "alertId" uuid, data jsonb)
    where not e.data ? 'skipped' or not exists (
      select from alert_entries x join alerts a on a.id = x.alert_id
      where x.alert_id = e."alertId" and x.kind = 'notified' and x.at >= a.opened_at and x.data = e.data)`;
  await tx.$executeRaw`
    update alerts a set next_step = n.step, round = n.round, next_notice_at = n.at
    from unnest(
      ${told.map(({ alert }) => alert.id)}::uuid[],
      ${told.map(({ next, policy }) => next?.step ?? policy.steps.length)}::int[],
      ${told.map(({ next, alert }) => next?.round ?? alert.round)}::int[],
      ${told.map(({ next }) => next?.at.toISOString() ?? null)}::timestamptz[]) as n (id, step, round, at)
    where a.id = n.id`;
  if (entries.length > 0) await notify(tx, ["alerts"]);
}

/** The id of the event by which it is told: its own, or that of others like it at the same step. */
function noticeFor(
  notices: Map<string, Notice>,
  core: Pick<Core, "newId">,
  alert: DueAlert,
  policy: Policy,
  turn: Turn,
): string {
  const { kind, supplier, isMock, severity } = alert;
  const crowd = alert.isCrowd ? [kind, supplier, isMock, severity] : [alert.id];
  const key = JSON.stringify([...crowd, policy.id, turn.step, turn.round]);
  const known = notices.get(key);
  if (known) known.alike += 1;
  const notice = known ?? { id: core.newId(), alert, policy, turn, alike: 0 };
  notices.set(key, notice);
  return notice.id;
}

function eventOf({ id: eventId, alert, policy, turn, alike }: Notice): NewEvent & { id: string } {
  const { to, step, round } = turn;
  const { id, kind, severity, subject, about, orderId, supplier, isMock, isGroup, standing } =
    alert;
  // Who of the house it is about is the house's to know.
  const { person: _, ...facts } = alert.data;
  const data: EventData["alert.notice"] = {
    ...{ alertId: id, key: kind, severity, subject, about, orderId, supplier },
    ...{ isMock, isGroup, standing, alike, openedAt: alert.openedAt.toISOString() },
    ...{ policy: policy.name, step: step + 1, steps: policy.steps.length, round: round + 1 },
    ...(to.person ? { to: { name: to.person.name, address: to.person.address } } : {}),
    data: facts,
  };
  return {
    ...{
      id: eventId,
      type: "alert.notice",
      version: 1,
      subject: id,
      endpointId: to.endpointId,
      isMock,
    },
    // Of no order: it is not one of what happened to it, and waits for none of that.
    orderId: null,
    productIds: [],
    data,
  };
}
