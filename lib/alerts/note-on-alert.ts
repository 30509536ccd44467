import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { noteText } from "./note-text.ts";
import { writeEntries } from "./store.ts";

/** Adds somebody's words to an alert's history, whatever state it is in. Throws `forbidden`, `not_found`, `invalid`. */
export async function noteOnAlert(
  core: Core,
  actor: Actor,
  input: { id: string; note: string },
  request: RequestFacts = OWN_REQUEST,
): Promise<void> {
  requirePermission(actor, "alerts.act");
  const note = noteText(input.note);
  const alertId = input.id.toLowerCase();
  await core.db.$transaction(async (tx) => {
    const alert = isUuid(alertId)
      ? await tx.alert.findUnique({ where: { id: alertId }, select: { id: true } })
      : null;
    if (!alert) throw new KeyholdError("not_found", `alert ${alertId}`);
    const { actorId: id, actorName: name } = actorColumns(actor);
    await writeEntries(
      tx,
      core,
      [{ alertId, kind: "noted", actor: { id, name }, note }],
      core.now(),
    );
    await appendAuditEntry(tx, core, actor, {
      ...{ action: "alert.noted", objectKind: "alert", objectId: alertId },
      reason: note,
      ...request,
    });
    await notify(tx, ["alerts"]);
  });
}
