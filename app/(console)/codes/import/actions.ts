"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { type BegunImport, beginImport } from "#lib/codes/begin-import.ts";
import { checkRows } from "#lib/codes/check-rows.ts";
import { type NewImport, parseNewImport, parseRows } from "#lib/codes/import-input.ts";
import type { ImportRow } from "#lib/codes/import-policy.ts";
import { type ResumedImport, resumeImport } from "#lib/codes/resume-import.ts";
import { stopImport } from "#lib/codes/stop-import.ts";
import { type RefusedRow, type TakenRows, takeRows } from "#lib/codes/take-rows.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Notes an import before its first row. */
export async function beginImportAction(wanted: NewImport): Promise<ActionResult<BegunImport>> {
  return runAction((ctx, actor, request) =>
    beginImport(ctx, actor, parseNewImport(wanted), request),
  );
}

/** Goes on with an import of these same rows. */
export async function resumeImportAction(
  importId: string,
  digest: string,
): Promise<ActionResult<ResumedImport>> {
  return runAction((ctx, actor, request) =>
    resumeImport(ctx, actor, uuid(importId), String(digest), request),
  );
}

/** Seals and stores rows; the same call may come again. */
export async function takeRowsAction(
  importId: string,
  rows: ImportRow[],
): Promise<ActionResult<TakenRows>> {
  return runAction((ctx, actor, request) =>
    takeRows(ctx, actor, uuid(importId), parseRows(rows), request),
  );
}

/** What would be refused of these rows; stores nothing. */
export async function checkRowsAction(
  importId: string,
  rows: ImportRow[],
): Promise<ActionResult<RefusedRow[]>> {
  return runAction((ctx, actor, request) =>
    checkRows(ctx, actor, uuid(importId), parseRows(rows), request),
  );
}

/** Nothing more is taken; what was taken stays. */
export async function stopImportAction(importId: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await stopImport(ctx, actor, uuid(importId), request);
    return null;
  });
}

function uuid(text: string): string {
  if (!isUuid(text)) throw new KeyholdError("not_found", "no such import");
  return text;
}
