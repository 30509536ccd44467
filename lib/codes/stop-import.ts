import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

/**
 * Stops an import wherever it runs: what is taken stays, nothing more is. `resumeImport` goes on with it.
 * Stopping what has ended changes nothing. Throws `forbidden` or `not_found`.
 */
export async function stopImport(
  core: Core,
  actor: Actor,
  importId: string,
  request: { address: string | null; correlationId: string | null },
): Promise<void> {
  requirePermission(actor, "codes.import");
  await core.db.$transaction(async (tx) => {
    const [stopped] = await tx.$queryRaw<{ done: number; refused: number }[]>`
      update code_imports set stopped_at = ${core.now()}
      where id = ${importId}::uuid and finished_at is null and stopped_at is null
      returning done, refused`;
    if (stopped) {
      await appendAuditEntry(tx, core, actor, {
        action: "import.stopped",
        objectKind: "import",
        objectId: importId,
        details: { taken: stopped.done, refused: stopped.refused },
        ...request,
      });
    } else if ((await tx.codeImport.count({ where: { id: importId } })) === 0) {
      throw new KeyholdError("not_found", `import ${importId}`);
    }
  });
}
