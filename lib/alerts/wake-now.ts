import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { type AlertTargets, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { planNotices } from "./plan-notices.ts";
import type { AlertsDecided } from "./types.ts";

/** Takes an acknowledgement or a snooze back: they are open, and whoever is to be told is told anew. */
export async function wakeNow(
  core: Core,
  actor: Actor,
  input: AlertTargets,
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const decision = {
    from: ["acknowledged", "snoozed"] as const,
    entry: "woken" as const,
    data: { why: "person" },
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      await tx.$executeRaw`
        update alerts set state = 'open', acknowledged_until = null, snoozed_until = null, snoozed_severity = null,
          snoozed_occurrences = null, changed_at = ${now}::timestamptz, version = version + 1
        where id = any(${ids}::uuid[])`;
      await planNotices(tx, ids, now, "opened");
      return ids;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}
