"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { noteCopy } from "#lib/codes/note-copy.ts";
import { type RevealResult, revealCode } from "#lib/codes/reveal-code.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Opens one code for whoever is signed in and says why; recorded before it is shown. */
export async function revealCodeAction(
  codeId: string,
  reason: string,
): Promise<ActionResult<RevealResult>> {
  return runAction(async (ctx, actor, request) => {
    if (!isUuid(codeId)) throw new KeyholdError("not_found", "no such code");
    if (typeof reason !== "string") throw new KeyholdError("invalid", "no reason");
    return revealCode(ctx, actor, codeId, reason, request);
  });
}

/** Records that a code which is shown was copied, or a field beside it. */
export async function noteCopyAction(codeId: string, whole: boolean): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    if (!isUuid(codeId)) throw new KeyholdError("not_found", "no such code");
    await noteCopy(ctx, actor, codeId, whole === true, request);
    return null;
  });
}
