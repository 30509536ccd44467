import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { COPY_NOTED_MINUTES } from "./reveal-limits.ts";

/**
 * Notes that a person copied a code, or a part of it, that he was shown a moment ago. Throws `forbidden`, or
 * `conflict` where the log knows of no such moment: nobody fills it with copies that can't have been.
 * @param whole the code itself rather than a field beside it
 */
export async function noteCopy(
  core: Core,
  actor: Actor,
  codeId: string,
  whole: boolean,
  request: { address: string | null; correlationId: string | null },
): Promise<void> {
  requirePermission(actor, "codes.reveal");
  if (actor.kind !== "user") return;
  const shown = await core.db.auditEntry.findFirst({
    where: {
      objectKind: "code",
      objectId: codeId,
      action: { in: ["code.revealed", "code.handed_out"] },
      actorId: actor.id,
      at: { gt: new Date(core.now().getTime() - COPY_NOTED_MINUTES * 60_000) },
    },
    orderBy: { seq: "desc" },
    select: { details: true },
  });
  if (!shown) throw new KeyholdError("conflict", `code ${codeId} was not shown to him just now`);
  const { orderId } = shown.details as { orderId?: string };
  await core.db.$transaction((tx) =>
    appendAuditEntry(tx, core, actor, {
      action: "code.copied",
      objectKind: "code",
      objectId: codeId,
      details: { ...(orderId ? { orderId } : {}), part: whole ? "code" : "field" },
      ...request,
    }),
  );
}
