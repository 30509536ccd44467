"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { restoreRunbook } from "#lib/alerts/runbooks/restore-runbook.ts";
import { saveRunbook } from "#lib/alerts/runbooks/save-runbook.ts";
import {
  LONGEST_RUNBOOK,
  type RunbookView,
  type SavedRunbook,
} from "#lib/alerts/runbooks/types.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

const nameSchema = z.strictObject({
  kind: z.string().max(100),
  locale: z.string().max(10),
  version: z.int().min(0),
});
// What is a little too long is the verb's to refuse, with a sentence.
const saveSchema = nameSchema.extend({ markdown: z.string().max(10 * LONGEST_RUNBOOK) });

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

/** Writes a runbook anew, in one language. */
export async function saveRunbookAction(
  input: z.input<typeof saveSchema>,
): Promise<ActionResult<SavedRunbook>> {
  return runAction((ctx, actor, request) =>
    saveRunbook(ctx, actor, parse(saveSchema, input), request),
  );
}

/** Takes a runbook back to the one that comes with Keyhold. */
export async function restoreRunbookAction(
  input: z.input<typeof nameSchema>,
): Promise<ActionResult<RunbookView>> {
  return runAction((ctx, actor, request) =>
    restoreRunbook(ctx, actor, parse(nameSchema, input), request),
  );
}
