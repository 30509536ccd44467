"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { acceptRemainder } from "#lib/balance/accept-remainder.ts";
import { recordTopUp } from "#lib/balance/record-top-up.ts";
import type { NewTopUp } from "#lib/balance/schema.ts";
import { voidTopUp } from "#lib/balance/void-top-up.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Notes money that was put in or taken out; answers its id. */
export async function recordTopUpAction(input: NewTopUp): Promise<ActionResult<string>> {
  return runAction((ctx, actor, request) => recordTopUp(ctx, actor, input, request));
}

/** Takes a top-up that was noted by mistake back. */
export async function voidTopUpAction(id: string, reason: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await voidTopUp(ctx, actor, { id: idOf(id), reason: String(reason) }, request);
    return null;
  });
}

/** Lets what nothing explains rest, with the reason. */
export async function acceptRemainderAction(
  stepId: string,
  remainder: string,
  reason: string,
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    const seen = { remainder: String(remainder), reason: String(reason) };
    await acceptRemainder(ctx, actor, { stepId: idOf(stepId), ...seen }, request);
    return null;
  });
}

function idOf(value: string): string {
  if (typeof value !== "string" || !isUuid(value))
    throw new KeyholdError("not_found", "no such row");
  return value;
}
