import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { planNotices } from "./plan-notices.ts";
import { isAnyStillStanding, reopenStanding } from "./reopen-standing.ts";
import { lockAlerts, writeEntries } from "./store.ts";
import { tellAlerts } from "./tell-alerts.ts";

const AT_ONCE = 500;

type Woken = { id: string; was: "acknowledged" | "snoozed"; isTime: boolean };

/**
 * Opens alerts again whose acknowledgement or snooze is over, snoozed ones that have got worse, and resolved ones
 * that have stood on for long; whoever is to be told is told anew. Any number of processes may ask at once. `again`
 * where there is more.
 */
export async function wakeAlerts(core: Core): Promise<"done" | "again"> {
  const now = core.now();
  if (!(await isAnyToWake(core, now)) && !(await isAnyStillStanding(core.db, now))) return "done";
  return core.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const woken = await wake(tx, now);
    await writeEntries(
      tx,
      core,
      woken.map(({ id, was, isTime }) =>
        was === "acknowledged"
          ? { alertId: id, kind: "lapsed" }
          : { alertId: id, kind: "woken", data: { why: isTime ? "time" : "worse" } },
      ),
      now,
    );
    const { reopened, isMore } = await reopenStanding(tx, core, AT_ONCE, now);
    await planNotices(tx, [...woken.map(({ id }) => id), ...reopened], now, "opened");
    await tellAlerts(tx, core, "alert.opened", reopened, now);
    if (woken.length + reopened.length > 0) await notify(tx, ["alerts"]);
    return isMore || woken.length >= AT_ONCE ? "again" : "done";
  }, PATIENT);
}

async function isAnyToWake({ db }: Core, now: Date): Promise<boolean> {
  const [found] = await db.$queryRaw<{ isAny: boolean }[]>`
    select exists (
      select from alerts where state in ('acknowledged', 'snoozed')
        and least(acknowledged_until, snoozed_until) <= ${now}) or exists (
      select from alerts where state = 'snoozed'
        and (occurrences > snoozed_occurrences or severity > snoozed_severity)) as "isAny"`;
  return found?.isAny ?? false;
}

const wake = (tx: Tx, now: Date): Promise<Woken[]> =>
  tx.$queryRaw<Woken[]>`
    with due as (
      select id, state::text as was, least(acknowledged_until, snoozed_until) <= ${now} as is_time from alerts
      where state in ('acknowledged', 'snoozed') and (
        least(acknowledged_until, snoozed_until) <= ${now}
        or (state = 'snoozed' and (occurrences > snoozed_occurrences or severity > snoozed_severity)))
      limit ${AT_ONCE}::int)
    update alerts a set state = 'open', acknowledged_until = null, snoozed_until = null, snoozed_severity = null,
      snoozed_occurrences = null, changed_at = ${now}::timestamptz, version = a.version + 1
    from due where a.id = due.id
    returning a.id::text, due.was, due.is_time as "isTime"`;
