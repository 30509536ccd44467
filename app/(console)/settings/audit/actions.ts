"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { requireExport } from "#lib/audit/export-audit-log.ts";

/** Whether the log would be given out now: the file comes by a plain download, which can't ask for a password. */
export async function askToExportAction(): Promise<ActionResult<"ready">> {
  return runAction(async (ctx, actor) => {
    requireExport(ctx, actor);
    return "ready" as const;
  });
}
