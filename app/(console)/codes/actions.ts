"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { type RevealedCode, revealCode } from "#lib/codes/reveal-code.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Opens one code for whoever is signed in; recorded before it is shown. */
export async function revealCodeAction(codeId: string): Promise<ActionResult<RevealedCode>> {
  return runAction(async (ctx, actor, request) => {
    if (!isUuid(codeId)) throw new KeyholdError("not_found", "no such code");
    return revealCode(ctx, actor, codeId, request);
  });
}
