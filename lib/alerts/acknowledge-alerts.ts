import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { LONGEST_ACKNOWLEDGED_MS } from "./alert-policy.ts";
import { type AlertTargets, chosenMs, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { noteOrNone } from "./note-text.ts";
import type { AlertsDecided } from "./types.ts";

/**
 * Somebody has seen them and is at it: nobody is told of them any more, until that many milliseconds are over; then
 * they are open again. Throws `forbidden`, or `invalid`.
 */
export async function acknowledgeAlerts(
  core: Core,
  actor: Actor,
  input: AlertTargets & { forMs: number; note?: string },
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const forMs = chosenMs(input.forMs, LONGEST_ACKNOWLEDGED_MS);
  const until = new Date(core.now().getTime() + forMs);
  const decision = {
    from: ["open", "acknowledged", "snoozed"] as const,
    entry: "acknowledged" as const,
    note: noteOrNone(input.note),
    data: { until: until.toISOString() },
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      await tx.$executeRaw`
        update alerts set state = 'acknowledged', acknowledged_until = ${until}::timestamptz, snoozed_until = null,
          snoozed_severity = null, snoozed_occurrences = null, next_notice_at = null,
          changed_at = ${now}::timestamptz, version = version + 1
        where id = any(${ids}::uuid[])`;
      return ids;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}
