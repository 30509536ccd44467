import type { Core } from "#lib/platform/core.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { REVEALS_UNUSUAL_HOURS } from "./reveal-limits.ts";

const HOUR_MS = 3_600_000;

/**
 * Clears what was said of people who revealed unusually many codes and of API keys that opened old ones, a day
 * after it was said and an hour after the last of them. Any number of processes may do so at once.
 */
export async function quietReveals(core: Core): Promise<number> {
  const now = core.now().getTime();
  const quiet = await core.db.$queryRaw<
    { key: "reveals_unusual" | "key_opens_old_codes"; subject: string }[]
  >`
    select s.key, s.subject from system_signals s
    where s.key in ('reveals_unusual', 'key_opens_old_codes') and s.cleared_at is null
      and s.opened_at <= ${new Date(now - REVEALS_UNUSUAL_HOURS * HOUR_MS)}
      and not exists (
        select 1 from audit_entries e
        where e.action in ('code.revealed', 'code.handed_out') and e.actor_id = s.subject
          and e.at > ${new Date(now - HOUR_MS)}
          and (s.key = 'reveals_unusual' or e.details->>'old' = 'true'))
      and not exists (
        select 1 from audit_entries e
        where s.key = 'key_opens_old_codes' and e.action = 'claim_link.told' and e.actor_kind = 'key'
          and e.actor_id = s.subject and e.at > ${new Date(now - HOUR_MS)} and e.details->>'old' = 'true')`;
  let cleared = 0;
  for (const { key, subject } of quiet) {
    if (await core.db.$transaction((tx) => clearSystemSignal(tx, core, key, subject))) cleared += 1;
  }
  return cleared;
}
