import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type AlertTargets, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { findAssignee } from "./read-assignees.ts";
import type { AlertsDecided } from "./types.ts";

/** Gives them to somebody who may act on them, or to nobody (null). Throws `forbidden`, or `not_found`. */
export async function assignAlerts(
  core: Core,
  actor: Actor,
  input: AlertTargets & { assigneeId: string | null },
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const { assigneeId } = input;
  const assignee = assigneeId === null ? null : await findAssignee(core, assigneeId);
  if (assigneeId !== null && assignee === null) {
    throw new KeyholdError("not_found", `nobody who may act on alerts is ${assigneeId}`);
  }
  const decision = {
    from: ["open", "acknowledged", "snoozed"] as const,
    entry: "assigned" as const,
    data: { to: assignee?.name ?? null, toId: assignee?.id ?? null },
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      await tx.$executeRaw`
        update alerts set assignee_id = ${assignee?.id ?? null}::uuid, assignee_name = ${assignee?.name ?? null},
          changed_at = ${now}::timestamptz, version = version + 1
        where id = any(${ids}::uuid[])`;
      return ids;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}
