import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { RowProblem } from "./import-policy.ts";
import { type ImportView, importRow, readImport, toImportView } from "./import-view.ts";
import type { RefusedRow } from "./take-rows.ts";

const MOST_LISTED = 100;
const MOST_PROBLEMS_SHOWN = 500;

export type ImportList = { rows: ImportView[]; readAt: string };

export type ImportProblems = {
  import: ImportView;
  /** The first ones, by row; `import.refused` says how many there are. */
  problems: RefusedRow[];
};

/** The latest imports, newest first. */
export async function listImports(core: Core, actor: Actor): Promise<ImportList> {
  requirePermission(actor, "codes.import");
  const rows = await core.db.codeImport.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_LISTED,
    include: importRow,
  });
  return { rows: rows.map(toImportView), readAt: core.now().toISOString() };
}

/** Which rows of an import were refused, and why. Throws `forbidden` or `not_found`. */
export async function readImportProblems(
  core: Core,
  actor: Actor,
  importId: string,
): Promise<ImportProblems> {
  requirePermission(actor, "codes.import");
  const view = await readImport(core.db, importId);
  if (!view) throw new KeyholdError("not_found", `import ${importId}`);
  const problems = await core.db.importProblem.findMany({
    where: { importId },
    orderBy: { row: "asc" },
    take: MOST_PROBLEMS_SHOWN,
    select: { row: true, problem: true },
  });
  return {
    import: view,
    problems: problems.map(({ row, problem }) => ({ row, problem: problem as RowProblem })),
  };
}
