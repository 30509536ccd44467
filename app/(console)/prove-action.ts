"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { type ProofResult, proveAgain } from "#lib/access/prove-again.ts";

/** Checks the password of whoever is signed in once more; his session is good for sensitive acts again. */
export async function proveAgainAction(password: string): Promise<ActionResult<ProofResult>> {
  return runAction((ctx, actor) => proveAgain(ctx, actor, password));
}
