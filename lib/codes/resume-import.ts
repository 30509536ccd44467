import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { fingerprintOf } from "./begin-import.ts";
import { type ImportView, readImport } from "./import-view.ts";

export type ResumedImport = {
  import: ImportView;
  /** Every earlier row was dealt with; rows from here on may still be missing. */
  from: number;
};

/**
 * Goes on with an import that was begun with these same rows, also one that was stopped. Throws
 * `forbidden`, `not_found`, `conflict` (it is finished, or these are other rows).
 */
export async function resumeImport(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  importId: string,
  digest: string,
  request: { address: string | null; correlationId: string | null },
): Promise<ResumedImport> {
  requirePermission(actor, "codes.import");
  const fingerprint = fingerprintOf(core.sealer, digest);
  return core.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from code_imports where id = ${importId}::uuid for update`;
    const before = await tx.codeImport.findUnique({ where: { id: importId } });
    if (!before) throw new KeyholdError("not_found", `import ${importId}`);
    if (before.finishedAt !== null || before.fingerprint !== fingerprint) {
      throw new KeyholdError("conflict", `import ${importId} can't go on with these rows`);
    }
    await tx.codeImport.update({ where: { id: importId }, data: { stoppedAt: null } });
    await appendAuditEntry(tx, core, actor, {
      action: "import.resumed",
      objectKind: "import",
      objectId: importId,
      details: { taken: before.done, refused: before.refused },
      ...request,
    });
    const view = await readImport(tx, importId);
    if (!view) throw new KeyholdError("not_found", `import ${importId}`);
    const [{ from } = { from: 0 }] = await tx.$queryRaw<{ from: number }[]>`
      select greatest(
        (select coalesce(max(position), -1) from codes where import_id = ${importId}::uuid),
        (select coalesce(max("row"), -1) from import_problems where import_id = ${importId}::uuid)) + 1 as "from"`;
    return { import: view, from };
  });
}
