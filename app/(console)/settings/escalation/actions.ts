"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { deletePolicy } from "#lib/alerts/policies/delete-policy.ts";
import { movePolicy } from "#lib/alerts/policies/move-policy.ts";
import { type PolicyEdit, type SavedPolicy, savePolicy } from "#lib/alerts/policies/save-policy.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

// What a browser sends may be anything; the verb reads the rest itself, field by field.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

const version = z.iso.datetime();
const editSchema = z.looseObject({ id: z.uuid().nullable(), version: version.nullable() });
const oneSchema = z.strictObject({ id: z.uuid(), version });
const moveSchema = oneSchema.extend({ by: z.literal([-1, 1]) });

/** Makes or changes a policy. */
export async function savePolicyAction(input: PolicyEdit): Promise<ActionResult<SavedPolicy>> {
  return runAction((ctx, actor, request) => {
    parse(editSchema, input);
    return savePolicy(ctx, actor, input, request);
  });
}

/** Puts a policy one place up or down. */
export async function movePolicyAction(input: {
  id: string;
  version: string;
  by: -1 | 1;
}): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await movePolicy(ctx, actor, parse(moveSchema, input), request);
    return null;
  });
}

/** Takes a policy away. */
export async function deletePolicyAction(input: {
  id: string;
  version: string;
}): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await deletePolicy(ctx, actor, parse(oneSchema, input), request);
    return null;
  });
}
