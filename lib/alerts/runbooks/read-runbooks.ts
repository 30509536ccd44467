import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";
import type { RunbookLocale, RunbookRow, RunbookStanding } from "./types.ts";

/** A row a kind, in the order of `ALERT_KINDS`: who changed its runbook last. Throws `forbidden`. */
export async function readRunbooks(
  { db }: Pick<Core, "db">,
  actor: Actor,
): Promise<{ rows: RunbookRow[] }> {
  requirePermission(actor, "alerts.read");
  const edited = await db.runbook.findMany({
    select: { kind: true, locale: true, updatedBy: true, updatedAt: true },
  });
  const standing = (kind: AlertKind, locale: RunbookLocale): RunbookStanding => {
    const row = edited.find((one) => one.kind === kind && one.locale === locale);
    if (!row) return { isEdited: false, updatedBy: null, updatedAt: null };
    return {
      isEdited: true,
      updatedBy: row.updatedBy,
      updatedAt: row.updatedAt.toISOString(),
    };
  };
  const kinds = Object.keys(ALERT_KINDS) as AlertKind[];
  return {
    rows: kinds.map((kind) => ({ kind, en: standing(kind, "en"), hi: standing(kind, "hi") })),
  };
}
