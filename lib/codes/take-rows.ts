import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { expiryOf } from "./code-parts.ts";
import { sealCode } from "./code-seal.ts";
import { findKnown } from "./find-known.ts";
import { type ImportRow, problemOfRow, type RowProblem } from "./import-policy.ts";
import { rawOfRow } from "./import-row.ts";
import { insertImported, type NewImportedCode } from "./insert-imported.ts";
import { maskOf } from "./mask.ts";

export type RefusedRow = { row: number; problem: RowProblem };

export type TakenRows = {
  /** `stopped`: by somebody, meanwhile; nothing of this call was taken. */
  state: "open" | "finished" | "stopped";
  total: number;
  /** Of the whole import, this call included. */
  done: number;
  refused: number;
  /** What this call refused. */
  problems: RefusedRow[];
};

type ImportCore = Core & { sealer: Sealer };

/**
 * Seals and stores rows of an import, as many as one call may bring, all or none. A row that was taken or
 * refused before is left alone, so the same call may come again: after a lost answer, a restart, from a
 * second tab. Finishes the import with its last row. Calls of all imports take turns while they look
 * whether a code is known. Throws `forbidden`, `not_found`, `conflict` (another file: a taken row says
 * something else, or there are more rows than were announced).
 */
export async function takeRows(
  core: ImportCore,
  actor: Actor,
  importId: string,
  rows: ImportRow[],
  request: { address: string | null; correlationId: string | null },
): Promise<TakenRows> {
  requirePermission(actor, "codes.import");
  await core.sealer.ready();
  const judged = rows.map((row) => judge(core, importId, row));
  return core.db.$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<OpenImport[]>`
      select total, done, refused, stock_product_id as "stockProductId", cost::text, currency,
        finished_at is not null as "isFinished", stopped_at is not null as "isStopped"
      from code_imports where id = ${importId}::uuid for update`;
    if (!found) throw new KeyholdError("not_found", `import ${importId}`);
    const { total, done, refused } = found;
    const standing = { total, done, refused, problems: [] };
    if (found.isFinished) return { ...standing, state: "finished" };
    if (found.isStopped) return { ...standing, state: "stopped" };
    const fresh = await leaveOutTaken(tx, importId, judged);
    const { codes, problems } = await sortOut(tx, importId, fresh);
    const after = {
      total,
      done: done + codes.length,
      refused: refused + problems.length,
      problems,
    };
    const left = total - after.done - after.refused;
    if (left < 0)
      throw new KeyholdError("conflict", `import ${importId} has more rows than announced`);
    const now = core.now();
    await insertImported(tx, { importId, ...found }, codes, now);
    await tx.importProblem.createMany({ data: problems.map((one) => ({ importId, ...one })) });
    await tx.codeImport.update({
      where: { id: importId },
      data: { done: after.done, refused: after.refused, ...(left === 0 && { finishedAt: now }) },
    });
    if (left === 0) {
      await appendAuditEntry(tx, core, actor, {
        action: "import.finished",
        objectKind: "import",
        objectId: importId,
        details: { taken: after.done, refused: after.refused },
        ...request,
      });
    }
    await notify(tx, ["codes"]);
    return { ...after, state: left === 0 ? "finished" : "open" };
  }, PATIENT);
}

type OpenImport = {
  total: number;
  done: number;
  refused: number;
  stockProductId: string;
  cost: string | null;
  currency: string | null;
  isFinished: boolean;
  isStopped: boolean;
};

type Judged = { row: number; blindIndex: string; verdict: NewImportedCode | RowProblem };

/** Sealed before any lock is held. */
function judge(core: ImportCore, importId: string, row: ImportRow): Judged {
  const value = row.code.trim();
  const blindIndex = core.sealer.blindIndex(value);
  const problem = problemOfRow(row, core.now());
  if (problem) return { row: row.row, blindIndex, verdict: problem };
  const raw = rawOfRow(row);
  const id = core.newId();
  const place = { codeId: id, source: { importId }, position: row.row };
  const sealed = sealCode(core.sealer, place, { value, raw });
  const verdict = {
    id,
    position: row.row,
    sealed,
    blindIndex,
    mask: maskOf(value),
    expiresAt: expiryOf(raw),
  };
  return { row: row.row, blindIndex, verdict };
}

/** The rows that no earlier call has dealt with. */
async function leaveOutTaken(tx: Tx, importId: string, judged: Judged[]): Promise<Judged[]> {
  const numbers = judged.map(({ row }) => row);
  const taken = await tx.code.findMany({
    where: { importId, position: { in: numbers } },
    select: { position: true, blindIndex: true },
  });
  const refused = await tx.importProblem.findMany({
    where: { importId, row: { in: numbers } },
    select: { row: true },
  });
  const indexes = new Map(taken.map(({ position, blindIndex }) => [position, blindIndex]));
  const passed = new Set(refused.map(({ row }) => row));
  return judged.filter(({ row, blindIndex }) => {
    const index = indexes.get(row);
    if (index !== undefined && index !== blindIndex) {
      throw new KeyholdError("conflict", `row ${row} of import ${importId} was another one`);
    }
    return index === undefined && !passed.has(row);
  });
}

/** Of equal codes the first is taken; what is known to anybody, never. */
async function sortOut(tx: Tx, importId: string, judged: Judged[]) {
  // Until the commit, so that two files with the same code can't both bring it in.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('code imports', 0))`;
  const known = await findKnown(
    tx,
    importId,
    judged.map(({ blindIndex }) => blindIndex),
  );
  const seen = new Set<string>();
  const codes: NewImportedCode[] = [];
  const problems: RefusedRow[] = [];
  for (const { row, blindIndex, verdict } of judged) {
    if (typeof verdict === "string") problems.push({ row, problem: verdict });
    else if (seen.has(blindIndex)) problems.push({ row, problem: "repeated" });
    else {
      const problem = known.get(blindIndex);
      if (problem) problems.push({ row, problem });
      else codes.push(verdict);
      seen.add(blindIndex);
    }
  }
  return { codes, problems };
}
