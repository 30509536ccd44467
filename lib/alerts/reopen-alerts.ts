import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { type AlertTargets, type Decision, decideOnAlerts } from "./decide-on-alerts.ts";
import { noteOrNone } from "./note-text.ts";
import { planNotices } from "./plan-notices.ts";
import { tellAlerts } from "./tell-alerts.ts";
import type { AlertsDecided } from "./types.ts";

/**
 * Opens resolved ones again, as if they had just begun. One whose trouble has an alert by now, or that a group took
 * in, stays resolved and is `lost`. Throws `forbidden`, or `invalid`.
 */
export async function reopenAlerts(
  core: Core,
  actor: Actor,
  input: AlertTargets & { note?: string },
  request: RequestFacts = OWN_REQUEST,
): Promise<AlertsDecided> {
  requirePermission(actor, "alerts.act");
  const decision = {
    from: ["resolved"] as const,
    entry: "reopened" as const,
    note: noteOrNone(input.note),
    write: async (tx, alerts, now) => {
      const ids = alerts.map(({ id }) => id);
      // Of several of the same thing the newest comes back: only one of them can be open.
      const opened = await tx.$queryRaw<{ id: string }[]>`
        update alerts a set state = 'open', resolved_at = null, resolution = null, resolved_by = null,
          resolve_reason = null, opened_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
          reopened = a.reopened + 1, version = a.version + 1
        where a.id in (
          select distinct on (kind, subject, is_group) p.id from alerts p
          where p.id = any(${ids}::uuid[]) and p.resolution <> 'grouped' and not exists (
            select from alerts u where u.kind = p.kind and u.subject = p.subject and u.is_group = p.is_group
              and u.state <> 'resolved')
          order by kind, subject, is_group, p.resolved_at desc, p.id desc)
        returning a.id::text`;
      const done = opened.map(({ id }) => id);
      await planNotices(tx, done, now, "opened");
      await tellAlerts(tx, core, "alert.opened", done, now);
      return done;
    },
  } satisfies Decision;
  return decideOnAlerts(core, actor, input, decision, request);
}
