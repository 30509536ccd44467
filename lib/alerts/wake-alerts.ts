import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { planNotices } from "./plan-notices.ts";
import { lockAlerts, writeEntries } from "./store.ts";

const AT_ONCE = 500;

type Woken = { id: string; was: "acknowledged" | "snoozed"; isTime: boolean };

/**
 * Opens alerts again whose acknowledgement or snooze is over, and snoozed ones that have got worse; whoever is to be
 * told is told anew. Any number of processes may ask at once. `again` where there is more.
 */
export async function wakeAlerts(core: Core): Promise<"done" | "again"> {
  const now = core.now();
  const [found] = await core.db.$queryRaw<{ isAny: boolean }[]>`
    select exists (
      select from alerts where state in ('acknowledged', 'snoozed')
        and least(acknowledged_until, snoozed_until) <= ${now}) or exists (
      select from alerts where state = 'snoozed'
        and (standing > snoozed_standing or severity > snoozed_severity)) as "isAny"`;
  if (!found?.isAny) return "done";
  return core.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const woken = await tx.$queryRaw<Woken[]>`
      with due as (
        select id, state::text as was, least(acknowledged_until, snoozed_until) <= ${now} as is_time from alerts
        where state in ('acknowledged', 'snoozed') and (
          least(acknowledged_until, snoozed_until) <= ${now}
          or (state = 'snoozed' and (standing > snoozed_standing or severity > snoozed_severity)))
        limit ${AT_ONCE}::int)
      update alerts a set state = 'open', acknowledged_until = null, snoozed_until = null, snoozed_severity = null,
        snoozed_standing = null, changed_at = ${now}::timestamptz, version = a.version + 1
      from due where a.id = due.id
      returning a.id::text, due.was, due.is_time as "isTime"`;
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
    await planNotices(
      tx,
      woken.map(({ id }) => id),
      now,
      "opened",
    );
    if (woken.length > 0) await notify(tx, ["alerts"]);
    return woken.length >= AT_ONCE ? "again" : "done";
  }, PATIENT);
}
