import { missingKeys, missingTriggers } from "./guards.ts";
import type { Check } from "./types.ts";

/** For so long a signal may stand before somebody has to be told of it. */
const RAISED_WITHIN = "interval '1 minute'";

/** What a person has resolved although it stands rests for an hour (`RESOLVED_REST_MS`), and then comes back. */
const BACK_WITHIN = "interval '65 minutes'";

/** Every signal, of orders and of the rest. */
const SIGNALS = `(
  select id, key, order_id::text as subject, opened_at, cleared_at, alert_id, is_settled from order_signals
  union all
  select id, key, subject, opened_at, cleared_at, alert_id, is_settled from system_signals)`;

/** The lines of an account's currencies, and the signal that tells of their crossing. */
const crossing = (key: string, since: string): string => `
  select p.id::text, case when l.since is null
    then 'is told of as ${key}, and its balance is fine'
    else 'is ${key} since ' || l.since || ', and no signal tells of it' end
  from suppliers p
  cross join lateral (select min(${since}) as since from balance_lines where supplier_id = p.id) l
  where (l.since is not null) <> exists (
    select from system_signals s where s.key = '${key}' and s.subject = p.id::text and s.cleared_at is null)`;

export const ALERT_CHECKS: readonly Check[] = [
  {
    id: "I13",
    title: "What a person should know is told by one alert, from when it begins until it is over.",
    sql: `
      select s.subject, s.key || ' stands since ' || s.opened_at || ', and no alert tells of it'
      from clock, ${SIGNALS} s
      where s.cleared_at is null and s.alert_id is null and s.opened_at < clock.now - ${RAISED_WITHIN}
      union all
      select s.subject, s.key || ' stands, and alert ' || a.id || ' of it is over by itself'
      from ${SIGNALS} s join alerts a on a.id = s.alert_id
      where s.cleared_at is null and a.state = 'resolved' and a.resolution <> 'person'
      union all
      select s.subject, s.key || ' stands, and alert ' || a.id || ' of it is resolved since ' || a.resolved_at
      from clock, ${SIGNALS} s join alerts a on a.id = s.alert_id
      where s.cleared_at is null and a.state = 'resolved' and a.resolution = 'person'
        and a.resolved_at < clock.now - ${BACK_WITHIN}
      union all
      select s.subject, s.key || ' is over since ' || s.cleared_at || ', and its alert doesn''t know'
      from clock, ${SIGNALS} s
      where s.cleared_at < clock.now - ${RAISED_WITHIN} and s.alert_id is not null and not s.is_settled
      union all
      select a.id::text, 'tells of ' || a.standing || ' standing signals, and ' || coalesce(s.count, 0) || ' are its'
      from clock
      join alerts a on clock.since = '-infinity' or a.state <> 'resolved' or a.resolved_at >= clock.since
      left join lateral (
        select sum(count)::int as count from (
          select count(*) from order_signals where alert_id = a.id and not is_settled
          union all
          select count(*) from system_signals where alert_id = a.id and not is_settled) each_sort) s on true
      where a.standing <> coalesce(s.count, 0)
      union all
      select a.id::text, 'began ' || a.reopened + 1 || ' times, and was told of as begun ' || t.begun || ', as over '
        || t.ended || ' times'
      from clock join alerts a on clock.since = '-infinity'
      join (
        select data->>'alertId' as id, count(*) filter (where type = 'alert.opened') as begun,
          count(*) filter (where type = 'alert.resolved') as ended
        from events where type in ('alert.opened', 'alert.resolved') and data ? 'alertId' group by data->>'alertId') t
        on t.id = a.id::text
      where t.begun <> a.reopened + 1 or t.ended <> a.reopened + (a.state = 'resolved')::int
      union all ${missingKeys("alerts_unresolved", "order_signals_open", "system_signals_open")}
      union all ${missingTriggers("alerts_kept", "alert_entries_kept")}`,
  },
  {
    id: "I14",
    title: "An account below a line of its balance is told of, once, until it has recovered.",
    sql: `${crossing("balance_low", "low_since")} union all ${crossing("balance_critical", "critical_since")}`,
  },
];
