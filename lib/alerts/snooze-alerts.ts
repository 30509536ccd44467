import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { LONGEST_SNOOZE_MS } from "./alert-policy.ts";
import { type AlertTargets, chosenMs, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { noteOrNone } from "./note-text.ts";
import type { AlertsDecided } from "./types.ts";

/** No alert ever tells of so many: what is to sleep whatever happens was snoozed at that. */
const NEVER_WORSE = 2_147_483_647;

/**
 * Puts them aside for that many milliseconds; where `wakesWorse`, no longer than until more of the same comes, or
 * it is more severe. Throws `forbidden`, or `invalid`.
 */
export async function snoozeAlerts(
  core: Core,
  actor: Actor,
  input: AlertTargets & { forMs: number; wakesWorse: boolean; note?: string },
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const { wakesWorse } = input;
  const until = new Date(core.now().getTime() + chosenMs(input.forMs, LONGEST_SNOOZE_MS));
  const decision = {
    from: ["open", "acknowledged", "snoozed"] as const,
    entry: "snoozed" as const,
    note: noteOrNone(input.note),
    data: { until: until.toISOString(), wakesWorse },
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      await tx.$executeRaw`
        update alerts set state = 'snoozed', snoozed_until = ${until}::timestamptz, acknowledged_until = null,
          snoozed_severity = case when ${wakesWorse} then severity else 'critical' end,
          snoozed_occurrences = case when ${wakesWorse} then occurrences else ${NEVER_WORSE} end,
          next_notice_at = null, changed_at = ${now}::timestamptz, version = version + 1
        where id = any(${ids}::uuid[])`;
      return ids;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}
